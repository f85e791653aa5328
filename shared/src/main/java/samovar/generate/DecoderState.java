package samovar.generate;

import samovar.platform.CancellationFlag;

/**
 * A decoder together with the tokens that its KV cache stands for. A new prompt that begins like these tokens costs only
 * its new part, so that a conversation goes on where it was.
 *
 * <p>Kernels give slightly other numbers for one token than for the same token among many, enough to turn a close choice.
 * So the cache is cut only where a chunk of a prompt began: the same prompt again then runs in the same pieces as before,
 * and greedy decoding repeats its answer exactly.
 *
 * <p>Not thread-safe. {@link #begin} and {@link #append} may await in the browser. The owner closes it.
 */
public final class DecoderState {
    /** A beginning shorter than this is read again: cutting the cache costs more than so few tokens. */
    private static final int LEAST_WORTH_CUTTING = 64;

    private final DecoderStep step;
    private final int chunkTokens;
    private final TokenBuffer cached = new TokenBuffer(256);
    /** Where the chunks of prompts began, ascending; each at most the cache's length. */
    private final TokenBuffer chunkStarts = new TokenBuffer(16);

    private final int[] single = new int[1];
    private int reused;

    /** @param chunkTokens most prompt tokens to run at once, which bounds the memory of the logits and the wait for a stop */
    public DecoderState(DecoderStep step, int chunkTokens) {
        if (chunkTokens < 1) {
            throw new IllegalArgumentException("chunkTokens: expected at least 1, found " + chunkTokens);
        }
        this.step = step;
        this.chunkTokens = chunkTokens;
    }

    /**
     * Makes the cache stand for this prompt, reusing what it has of it.
     *
     * @return logits of the prompt's last position, the caller's to change until the next step; null if cancelled
     */
    public float[] begin(int[] prompt, CancellationFlag cancellation) {
        keepSharedBeginning(prompt);
        float[] logits = null;
        int from = cached.size();
        while (from < prompt.length) {
            if (cancellation.isRaised()) {
                return null;
            }
            int to = Math.min(from + chunkTokens, prompt.length);
            chunkStarts.add(from);
            logits = step.step(prompt, from, to);
            cached.append(prompt, from, to);
            from = to;
        }
        return logits;
    }

    /** Runs one more token. @return logits of its position, the caller's to change until the next step */
    public float[] append(int token) {
        single[0] = token;
        float[] logits = step.step(single, 0, 1);
        cached.add(token);
        return logits;
    }

    /** How many tokens of the last prompt were in the cache already. */
    public int reusedTokens() {
        return reused;
    }

    /** The tokens that the cache stands for; a copy. */
    public int[] cachedTokens() {
        return cached.toArray();
    }

    /** Forgets everything, which frees the cache's memory. May await in the browser. */
    public void reset() {
        step.rollBack(0);
        cached.truncate(0);
    }

    public void close() {
        step.close();
    }

    private void keepSharedBeginning(int[] prompt) {
        // The last token runs anew in any case, for its logits. After a step that failed the cache may stand for less,
        // or for
        // tokens not noted here.
        cached.truncate(step.cachedTokens());
        int shared = cached.sharedPrefix(prompt, prompt.length - 1);
        if (shared < step.cachedTokens()) {
            int start = lastChunkStart(shared);
            step.rollBack(start < LEAST_WORTH_CUTTING ? 0 : start);
            cached.truncate(step.cachedTokens());
        }
        reused = cached.size();
        while (chunkStarts.size() > 0 && chunkStarts.get(chunkStarts.size() - 1) >= reused) {
            chunkStarts.truncate(chunkStarts.size() - 1);
        }
    }

    private int lastChunkStart(int most) {
        for (int i = chunkStarts.size() - 1; i >= 0; i--) {
            if (chunkStarts.get(i) <= most) {
                return chunkStarts.get(i);
            }
        }
        return 0;
    }
}
