package samovar.generate;

/**
 * Forward passes of a decoder that keeps several sequences going side by side, each with its own KV cache. Where sequences
 * fork, the cache follows without leaving the place where the model runs. Used by one generation at a time; not
 * thread-safe. {@link #begin} and {@link #advance} may await in the browser.
 */
public interface BeamStep {
    /**
     * Forgets all sequences, and begins one with these tokens.
     *
     * @return logits of its last position, {@code [vocabulary]}; the caller's to change until the next call
     */
    float[] begin(int[] prompt);

    /**
     * Replaces the sequences: the new one number {@code i} is the old one number {@code parents[i]} with {@code tokens[i]} after
     * it. Several may have the same parent; a sequence that is no parent is forgotten.
     *
     * @return logits of each new sequence's last position, {@code [sequences][vocabulary]}; the caller's to change until the next
     *     call
     */
    float[][] advance(int[] parents, int[] tokens);

    /** Forgets all sequences. Never awaits. */
    void clear();
}
