/**
 * Turns a prompt's token ids into new ones: logits processors, sampling, stop rules, and the loop that drives a {@link
 * samovar.generate.DecoderStep}. Settings and ids come in, {@link samovar.generate.GenerationEvent}s go out.
 */
package samovar.generate;
