package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.config.GenerationDefaults;

class SamplerTest {
    @Test
    void theFirstOfEqualLogitsIsTheLikeliest() {
        assertThat(Sampler.argmax(new float[] {1, 3, 2, 3})).isEqualTo(1);
        assertThat(Sampler.argmax(new float[] {Float.NaN, -3, Float.NaN})).isEqualTo(1);
        assertThat(Sampler.argmax(new float[] {Float.NaN, Float.NEGATIVE_INFINITY}))
                .isEqualTo(-1);
    }

    @Test
    void theSameSeedDrawsTheSameTokensOnEveryPlatform() {
        assertThat(SamplingGolden.drawn()).isEqualTo(SamplingGolden.EXPECTED);
        assertThat(SamplingGolden.drawn()).isEqualTo(SamplingGolden.drawn());
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirLikelihoodSays() {
        float[] logits = {(float) Math.log(0.5), Float.NEGATIVE_INFINITY, (float) Math.log(0.3), (float) Math.log(0.2)};
        Sampler sampler = sampler(GenerationSettings.builder().doSample(true).build(), 5);
        int[] counts = new int[4];
        for (int i = 0; i < 20_000; i++) {
            counts[sampler.choose(logits)]++;
        }
        assertThat(counts[0]).isBetween(9_700, 10_300);
        assertThat(counts[1]).isZero();
        assertThat(counts[2]).isBetween(5_700, 6_300);
        assertThat(counts[3]).isBetween(3_700, 4_300);
    }

    @Test
    void topKOfOneAndTopPOfZeroTakeTheLikeliest() {
        float[] logits = SamplingGolden.row(new RandomSource(3));
        int best = Sampler.argmax(logits);
        assertThat(sampler(GenerationSettings.builder().topK(1).build(), 1).choose(logits))
                .isEqualTo(best);
        assertThat(sampler(GenerationSettings.builder().topP(0.0).build(), 1).choose(logits))
                .isEqualTo(best);
        assertThat(sampler(GenerationSettings.builder().minP(1.0).build(), 1).choose(logits))
                .isEqualTo(best);
    }

    @Test
    void topPKeepsWhatAFullSortKeeps() {
        RandomSource noise = new RandomSource(11);
        for (double mass : new double[] {0.05, 0.5, 0.9, 0.999}) {
            float[] logits = SamplingGolden.row(noise);
            Candidates candidates = new Candidates();
            candidates.load(logits);
            candidates.topP(mass);
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                kept.add(candidates.id(i));
            }
            assertThat(kept).isEqualTo(slowTopP(logits, mass));
        }
    }

    @Test
    void topKKeepsAllThatEqualTheSmallest() {
        Candidates candidates = new Candidates();
        candidates.loadTop(new float[] {1, 5, 3, 3, 0, 3}, 2);
        assertThat(candidates.size()).isEqualTo(4);
        candidates.loadTop(new float[] {Float.NEGATIVE_INFINITY, 2, Float.NEGATIVE_INFINITY}, 2);
        assertThat(candidates.size()).isEqualTo(1);
        assertThat(candidates.id(0)).isEqualTo(1);
    }

    @Test
    void nothingIsChosenWhereEverythingIsForbidden() {
        float[] none = {Float.NEGATIVE_INFINITY, Float.NaN};
        assertThat(sampler(GenerationSettings.builder().doSample(true).build(), 1)
                        .choose(none))
                .isEqualTo(-1);
        assertThat(sampler(GenerationSettings.builder().topK(1).build(), 1).choose(none))
                .isEqualTo(-1);
    }

    @Test
    void choosingATokenAllocatesNothingOfTheVocabularysSize() {
        GenerationSettings settings = GenerationSettings.builder()
                .temperature(0.8)
                .topP(0.9)
                .minP(0.001)
                .typicalP(0.95)
                .repetitionPenalty(1.1)
                .noRepeatNgramSize(3)
                .suppressTokens(List.of(4, 5))
                .build();
        TokenChoice choice = new TokenChoice(
                ResolvedSettings.of(settings, GenerationDefaults.EMPTY), new int[] {1, 2, 3, 1, 2}, 1000, 1);
        float[] logits = SamplingGolden.row(new RandomSource(1));
        float[] row = new float[logits.length];
        for (int i = 0; i < 50; i++) {
            System.arraycopy(logits, 0, row, 0, row.length);
            choice.next(row);
        }
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            System.arraycopy(logits, 0, row, 0, row.length);
            choice.next(row);
        }
        long perToken = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
        assertThat(perToken)
                .as("bytes per token; one row has %d", 4 * logits.length)
                .isLessThan(200);
    }

    private static Sampler sampler(GenerationSettings settings, long seed) {
        return new Sampler(ResolvedSettings.of(settings, GenerationDefaults.EMPTY), new RandomSource(seed));
    }

    /** The obvious way: sort everything, walk down until the mass is reached. */
    private static List<Integer> slowTopP(float[] logits, double mass) {
        List<Integer> order = new ArrayList<>();
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            order.add(i);
            top = Math.max(top, logits[i]);
        }
        double total = 0;
        for (float logit : logits) {
            total += Math.exp(logit - top);
        }
        order.sort(Comparator.comparingDouble(i -> -logits[i]));
        List<Integer> kept = new ArrayList<>();
        double above = 0;
        for (int id : order) {
            if (!kept.isEmpty() && above >= mass * total) {
                break;
            }
            kept.add(id);
            above += Math.exp(logits[id] - top);
        }
        return kept;
    }
}
