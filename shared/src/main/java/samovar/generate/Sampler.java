package samovar.generate;

/** Chooses a token from a row of logits: the likeliest, or a drawn one. Never awaits; not thread-safe. */
public final class Sampler {
    /** No token: every logit is NaN or negative infinity. */
    static final int NOTHING = -1;

    private final ResolvedSettings settings;
    private final RandomSource random;
    private final Candidates candidates = new Candidates();

    public Sampler(ResolvedSettings settings, RandomSource random) {
        this.settings = settings;
        this.random = random;
    }

    /** The chosen token id, or -1 where every logit is NaN or negative infinity. The row is not changed. */
    public int choose(float[] logits) {
        if (!settings.sampling()) {
            return argmax(logits);
        }
        // Temperature goes before top_k in transformers; dividing keeps the order, so the few are chosen first.
        candidates.loadTop(logits, settings.topK());
        candidates.temperature(settings.temperature());
        candidates.topP(settings.topP());
        candidates.minP(settings.minP());
        candidates.typicalP(settings.typicalP());
        return candidates.size() == 0 ? NOTHING : candidates.draw(random);
    }

    /** The position of the largest logit, the first of equals; -1 where every one is NaN or negative infinity. */
    public static int argmax(float[] logits) {
        int best = NOTHING;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > most) {
                most = logits[i];
                best = i;
            }
        }
        return best;
    }
}
