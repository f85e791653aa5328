package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.config.GenerationDefaults;
import samovar.config.GenerationDefaults.EarlyStopping;
import samovar.platform.CancellationFlag;

/** Beam search over a decoder of written-out probabilities; sequences that transformers gave are compared in the JVM module. */
class BeamSearchTest {
    private static final int EOS = 582;
    private static final int[] PROMPT = {7};

    private final Written decoder = new Written();

    private GenerationEvent.Finished run(GenerationSettings.Builder asked, GenerationListener listener) {
        ResolvedSettings settings = ResolvedSettings.of(asked.build(), GenerationDefaults.EMPTY);
        return new BeamSearch(System::nanoTime, 64)
                .run(
                        decoder,
                        PROMPT,
                        withEos(settings),
                        Fixtures.tinyChat().streamDecoder(true),
                        listener,
                        new CancellationFlag());
    }

    private List<Integer> ids(GenerationSettings.Builder asked) {
        return run(asked, event -> {}).tokenIds();
    }

    private static ResolvedSettings withEos(ResolvedSettings settings) {
        GenerationDefaults defaults = GenerationDefaults.of(
                samovar.json.Json.parse("{\"eos_token_id\":" + EOS + "}", "generation_config.json"),
                samovar.config.ModelConfig.parse("{\"model_type\":\"qwen2\",\"vocab_size\":583}"));
        return ResolvedSettings.of(asRequest(settings), defaults);
    }

    private static GenerationSettings asRequest(ResolvedSettings settings) {
        return GenerationSettings.builder()
                .maxNewTokens(settings.maxNewTokens())
                .numBeams(settings.numBeams())
                .noRepeatNgramSize(settings.noRepeatNgramSize())
                .lengthPenalty(settings.lengthPenalty())
                .earlyStopping(settings.earlyStopping())
                .doSample(settings.sampling())
                .stopStrings(settings.stopStrings())
                .build();
    }

    private static GenerationSettings.Builder beams(int count) {
        return GenerationSettings.builder().numBeams(count).maxNewTokens(5);
    }

    @Test
    void theLikeliestWholeIsFoundWhereTheLikeliestBeginningMisleads() {
        decoder.says("7", 40, 0.6, 41, 0.4);
        decoder.says("7 40", 42, 0.5, 43, 0.5);
        decoder.says("7 41", 44, 0.99);
        assertThat(ids(beams(1))).startsWith(40);
        assertThat(ids(beams(2))).containsExactly(41, 44, EOS);
    }

    @Test
    void oneBeamIsGreedy() {
        decoder.says("7", 40, 0.6, 41, 0.4);
        decoder.says("7 40", 42, 0.9);
        assertThat(ids(beams(1))).containsExactly(40, 42, EOS);
    }

    @Test
    void sequencesContinueTheirOwnParents() {
        decoder.says("7", 40, 0.5, 41, 0.5);
        decoder.says("7 40", 42, 0.3, 43, 0.3);
        decoder.says("7 41", 44, 0.55, 45, 0.44);
        ids(beams(2));
        assertThat(decoder.calls).startsWith("7", "7 40", "7 41", "7 41 44", "7 41 45");
        assertThat(decoder.cleared).isTrue();
    }

    @Test
    void theLengthPenaltyChoosesBetweenShortAndLong() {
        decoder.says("7", EOS, 0.45, 40, 0.5);
        decoder.says("7 40", 41, 0.8);
        assertThat(ids(beams(2).lengthPenalty(0.0))).containsExactly(EOS);
        assertThat(ids(beams(2).lengthPenalty(2.0))).containsExactly(40, 41, EOS);
    }

    @Test
    void earlyStoppingEndsAsSoonAsThereAreEnough() {
        decoder.says("7", EOS, 0.5, 40, 0.49);
        decoder.says("7 40", EOS, 0.5, 41, 0.499);
        decoder.says("7 40 41", 42, 0.999);
        ids(beams(2).earlyStopping(EarlyStopping.WHEN_FULL).lengthPenalty(3.0));
        int early = decoder.calls.size();
        decoder.calls.clear();
        ids(beams(2).earlyStopping(EarlyStopping.NEVER).lengthPenalty(3.0));
        assertThat(decoder.calls).hasSizeGreaterThan(early);
    }

    @Test
    void theLimitEndsAllSequences() {
        GenerationEvent.Finished finished = run(beams(2).maxNewTokens(2).noRepeatNgramSize(0), event -> {});
        assertThat(finished.tokenIds()).hasSizeLessThanOrEqualTo(2);
        decoder.says("7", 40, 0.9);
        decoder.says("7 40", 41, 0.9);
        finished = run(beams(2).maxNewTokens(2), event -> {});
        assertThat(finished.tokenIds()).containsExactly(40, 41);
        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(finished.usage()).isEqualTo(new Usage(1, 2));
    }

    @Test
    void theListenerIsToldTheWholeTextAtTheEnd() {
        decoder.says("7", 40, 0.9);
        decoder.says("7 40", 41, 0.9);
        List<GenerationEvent> told = new ArrayList<>();
        GenerationEvent.Finished finished = run(beams(3), told::add);
        assertThat(told).containsExactly(new GenerationEvent.Delta(finished.text(), List.of(40, 41, EOS)), finished);
        assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aStopStringEndsASequenceAndIsNoPartOfTheAnswer() {
        String text = Fixtures.tinyChat().decode(new int[] {40, 41}, true);
        decoder.says("7", 40, 0.9);
        decoder.says("7 40", 41, 0.9);
        decoder.says("7 40 41", 42, 0.9);
        GenerationEvent.Finished finished =
                run(beams(2).stopStrings(List.of(text.substring(text.length() - 1))), event -> {});
        assertThat(finished.text()).isEqualTo(text.substring(0, text.length() - 1));
        assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void drawnTokensWithBeamsAreRefused() {
        assertThatThrownBy(() -> run(beams(2).doSample(true), event -> {}))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("num_beams");
    }

    @Test
    void aCancelledSearchSaysSo() {
        CancellationFlag flag = new CancellationFlag();
        flag.raise();
        GenerationEvent.Finished finished = new BeamSearch(System::nanoTime, 64)
                .run(
                        decoder,
                        PROMPT,
                        withEos(ResolvedSettings.of(beams(2).build(), GenerationDefaults.EMPTY)),
                        Fixtures.tinyChat().streamDecoder(true),
                        event -> {},
                        flag);
        assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(finished.tokenIds()).isEmpty();
        assertThat(decoder.calls).isEmpty();
    }

    /** What comes after a sequence, by its tokens; the eos after one that nothing was said of. */
    private static final class Written implements BeamStep {
        final Map<String, double[]> said = new HashMap<>();
        final List<String> calls = new ArrayList<>();
        boolean cleared;
        private List<String> sequences = new ArrayList<>();

        void says(String after, double... tokensAndProbabilities) {
            said.put(after, tokensAndProbabilities);
        }

        private float[] row(String sequence) {
            calls.add(sequence);
            float[] row = new float[583];
            Arrays.fill(row, -30f);
            double[] next = said.getOrDefault(sequence, new double[] {EOS, 1});
            double rest = 1;
            for (int i = 0; i < next.length; i += 2) {
                row[(int) next[i]] = (float) Math.log(next[i + 1]);
                rest -= next[i + 1];
            }
            if (rest > 1e-9) {
                row[500] = (float) Math.log(rest);
            }
            return row;
        }

        @Override
        public float[] begin(int[] prompt) {
            sequences = new ArrayList<>(List.of(String.valueOf(prompt[0])));
            return row(sequences.get(0));
        }

        @Override
        public float[][] advance(int[] parents, int[] tokens) {
            List<String> next = new ArrayList<>();
            float[][] rows = new float[tokens.length][];
            for (int i = 0; i < tokens.length; i++) {
                next.add(sequences.get(parents[i]) + " " + tokens[i]);
                rows[i] = row(next.get(i));
            }
            sequences = next;
            return rows;
        }

        @Override
        public void clear() {
            cleared = true;
        }
    }
}
