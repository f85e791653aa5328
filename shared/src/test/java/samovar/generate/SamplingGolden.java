package samovar.generate;

import samovar.config.GenerationDefaults;

/**
 * Tokens drawn from made-up logits by a fixed seed. Pure, so that a self-test in the browser can compare its answer with
 * {@link #EXPECTED}.
 */
public final class SamplingGolden {
    /** What {@link #drawn} gives everywhere. */
    public static final String EXPECTED = "4249 2576 1971 934 680 1381 4065 3944 4414 4318 3330 3324 "
            + "3346 2349 4425 1239 3484 4963 2798 1982 667 1954 898 2755 "
            + "4804 4355 1373 115 2638 1452 4841 4121 2501 443 2803 314 "
            + "4365 3148 1943 593 755 1490 4079 3131 4452 4318 2592 3666";

    private static final int VOCABULARY = 5000;

    private SamplingGolden() {}

    /** Twelve tokens for each of four ways to narrow the draw. */
    public static String drawn() {
        GenerationSettings base = GenerationSettings.builder().doSample(true).build();
        StringBuilder all = new StringBuilder();
        draw(base, all);
        draw(
                base.toBuilder()
                        .temperature(0.7)
                        .topK(20)
                        .topP(0.8)
                        .repetitionPenalty(1.05)
                        .build(),
                all);
        draw(base.toBuilder().temperature(1.5).topP(0.95).build(), all);
        draw(base.toBuilder().minP(0.02).typicalP(0.6).build(), all);
        return all.toString();
    }

    private static void draw(GenerationSettings asked, StringBuilder out) {
        ResolvedSettings settings = ResolvedSettings.of(asked, GenerationDefaults.EMPTY);
        TokenChoice choice = new TokenChoice(settings, new int[] {1, 2, 3}, 100, 20261123);
        RandomSource noise = new RandomSource(99);
        for (int step = 0; step < 12; step++) {
            out.append(out.length() == 0 ? "" : " ").append(choice.next(row(noise)));
        }
    }

    static float[] row(RandomSource noise) {
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < logits.length; i++) {
            double sum = 0;
            for (int n = 0; n < 6; n++) {
                sum += noise.nextDouble() - 0.5;
            }
            logits[i] = (float) (4 * sum);
        }
        return logits;
    }
}
