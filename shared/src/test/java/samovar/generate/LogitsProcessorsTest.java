package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.config.GenerationDefaults;
import samovar.json.Json;

class LogitsProcessorsTest {
    private static final float OUT = Float.NEGATIVE_INFINITY;

    @Test
    void everyProcessorAnswersAsTransformersDoes() {
        Json golden = Fixtures.golden("logits_processors.json");
        assertThat(golden.get("cases").size()).isEqualTo(81);
        assertThat(ProcessorGoldens.failures(golden)).isEmpty();
    }

    @Test
    void aWrongExpectationFailsTheComparison() {
        Json wrong = Json.parse("""
                {"cases":[{"processor":"suppress_tokens","params":{"suppress_tokens":[0]},"input_ids":[1],
                "logits":[1,2],"expected":[1,2]}]}
                """, "wrong.json");
        assertThat(ProcessorGoldens.failures(wrong)).hasSize(1);
    }

    @Test
    void forcedBosActsOnlyAfterOneToken() {
        float[] logits = {1, 2, 3};
        LogitsProcessors.forcedBos(0).process(logits, TokenBuffer.of(2));
        assertThat(logits).containsExactly(0, OUT, OUT);
        float[] later = {1, 2, 3};
        LogitsProcessors.forcedBos(0).process(later, TokenBuffer.of(2, 0));
        assertThat(later).containsExactly(1, 2, 3);
    }

    @Test
    void beginSuppressActsOnlyOnTheFirstToken() {
        LogitsProcessor begin = LogitsProcessors.beginSuppress(List.of(1), 2);
        float[] first = {1, 2, 3};
        begin.process(first, TokenBuffer.of(0, 0));
        assertThat(first).containsExactly(1, OUT, 3);
        float[] second = {1, 2, 3};
        begin.process(second, TokenBuffer.of(0, 0, 2));
        assertThat(second).containsExactly(1, 2, 3);
    }

    @Test
    void aBadWordOfOneEosTokenIsPassedOver() {
        float[] logits = {1, 2, 3};
        LogitsProcessors.badWords(List.of(List.of(1), List.of(2)), List.of(1)).process(logits, TokenBuffer.of(0));
        assertThat(logits).containsExactly(1, 2, OUT);
    }

    @Test
    void aBadWordOfThreeTokensIsForbiddenAtItsEndOnly() {
        LogitsProcessor words = LogitsProcessors.badWords(List.of(List.of(0, 1, 2)), List.of());
        float[] after = {1, 2, 3};
        words.process(after, TokenBuffer.of(2, 0, 1));
        assertThat(after).containsExactly(1, 2, OUT);
        float[] elsewhere = {1, 2, 3};
        words.process(elsewhere, TokenBuffer.of(1));
        assertThat(elsewhere).containsExactly(1, 2, 3);
    }

    @Test
    void tokensOutsideTheVocabularyAreLeftAlone() {
        float[] logits = {1, 2};
        LogitsProcessors.suppress(List.of(7)).process(logits, TokenBuffer.of(0));
        LogitsProcessors.logitBias(Map.of(9, 5.0)).process(logits, TokenBuffer.of(0));
        LogitsProcessors.repetitionPenalty(2).process(logits, TokenBuffer.of(9));
        assertThat(logits).containsExactly(1, 2);
    }

    @Test
    void theRepetitionPenaltyIsTheSameAtEveryStep() {
        LogitsProcessor penalty = LogitsProcessors.repetitionPenalty(2);
        for (int step = 0; step < 3; step++) {
            float[] logits = {4, -4, 4};
            penalty.process(logits, TokenBuffer.of(0, 0, 1));
            assertThat(logits).containsExactly(2, -8, 4);
        }
    }

    @Test
    void neutralSettingsMakeNoProcessors() {
        ResolvedSettings neutral = ResolvedSettings.of(GenerationSettings.none(), GenerationDefaults.EMPTY);
        assertThat(LogitsProcessors.of(neutral, 5, 10)).isEmpty();
    }

    @Test
    void processorsActInTheOrderOfTransformers() {
        GenerationSettings settings = GenerationSettings.builder()
                .logitBias(Map.of(0, 3.0))
                .repetitionPenalty(2.0)
                .noRepeatNgramSize(1)
                .suppressTokens(List.of(2))
                .build();
        ResolvedSettings resolved = ResolvedSettings.of(settings, GenerationDefaults.EMPTY);
        float[] logits = {1, 1, 1, 1};
        // The bias comes before the penalty, so that (1 + 3) / 2 remains of token 0; then it is forbidden as a
        // repetition.
        List<LogitsProcessor> chain = LogitsProcessors.of(resolved, 1, 10);
        chain.get(0).process(logits, TokenBuffer.of(0));
        chain.get(1).process(logits, TokenBuffer.of(0));
        assertThat(logits).containsExactly(2, 1, 1, 1);
        chain.get(2).process(logits, TokenBuffer.of(0));
        chain.get(3).process(logits, TokenBuffer.of(0));
        assertThat(logits).containsExactly(OUT, 1, OUT, 1);
        assertThat(chain).hasSize(4);
    }
}
