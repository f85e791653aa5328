/**
 * Text to token ids and back, as the Hub's {@code tokenizer.json} says. In: {@code tokenizer.json} and {@code
 * tokenizer_config.json} as {@link samovar.json.Json}; out: ids ({@code int}), text, and text piece by piece. The stages stand in
 * this order: added tokens are cut out, the rest is normalized, split into pieces, encoded by byte-level BPE and wrapped in
 * special tokens; decoding goes back from ids to bytes to text.
 */
package samovar.tokenizer;
