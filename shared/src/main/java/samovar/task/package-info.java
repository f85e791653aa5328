/**
 * The public door: a model's id and options come in, a loaded task comes out that answers messages with text. Ports for what a platform
 * offers, and for backends that answer somewhere else.
 */
package samovar.task;
