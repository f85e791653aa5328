package samovar.generate;

/**
 * Changes the logits of the next token before one is chosen. A leaf: it never awaits and allocates nothing per token. Not
 * thread-safe; one instance serves one generation.
 */
public interface LogitsProcessor {
    /**
     * @param logits {@code [vocabulary]}, changed in place; negative infinity forbids a token
     * @param context prompt and tokens generated so far
     */
    void process(float[] logits, TokenBuffer context);
}
