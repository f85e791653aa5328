/**
 * What is particular to a family of models: which inputs a session wants and what its outputs feed. Sessions and token ids
 * come in, logits go out.
 */
package samovar.model;
