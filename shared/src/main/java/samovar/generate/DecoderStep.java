package samovar.generate;

/**
 * One forward pass of a decoder with its KV cache. Owned and closed by one generation at a time; not thread-safe. {@link
 * #step} and {@link #rollBack} may await in the browser.
 */
public interface DecoderStep {
    /**
     * Runs {@code tokens[from, to)} after what the cache holds and adds them to it.
     *
     * @return logits of the last of these positions, {@code [vocabulary]}; the array belongs to the caller until the
     *     next step and may be changed
     */
    float[] step(int[] tokens, int from, int to);

    /** How many tokens the KV cache stands for. */
    int cachedTokens();

    /**
     * Forgets all but the first {@code length} tokens of the cache. An implementation that cannot cut its cache keeps
     * none; {@link #cachedTokens()} then answers 0.
     */
    void rollBack(int length);

    /** Frees the KV cache, not the session. Never awaits. */
    void close();
}
