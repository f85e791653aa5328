package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationSettingsTest {
    @Test
    void nothingIsAskedByDefault() {
        assertThat(GenerationSettings.none()).hasAllNullFieldsOrProperties();
    }

    @Test
    void theShortFormAsksForTheLimitAlone() {
        assertThat(GenerationSettings.maxNewTokens(128).maxNewTokens()).isEqualTo(128);
        assertThat(GenerationSettings.maxNewTokens(128).toBuilder()
                        .maxNewTokens(null)
                        .build())
                .isEqualTo(GenerationSettings.none());
    }

    @Test
    void anythingOutOfRangeIsNamedWithWhatIsAllowed() {
        refuses(of().maxNewTokens(0), "max_new_tokens", "max_new_tokens: expected an integer of at least 1, found 0");
        refuses(of().minNewTokens(-1), "min_new_tokens", "min_new_tokens: expected an integer of at least 0, found -1");
        refuses(of().temperature(2.5), "temperature", "temperature: expected a number from 0 to 2, found 2.5");
        refuses(of().temperature(Double.NaN), "temperature", "temperature: expected a number from 0 to 2, found NaN");
        refuses(of().topK(-1), "top_k", "top_k: expected an integer of at least 0, found -1");
        refuses(of().topP(1.5), "top_p", "top_p: expected a number from 0 to 1, found 1.5");
        refuses(of().minP(-0.1), "min_p", "min_p: expected a number from 0 to 1, found -0.1");
        refuses(of().typicalP(0.0), "typical_p", "typical_p: expected a number over 0, up to 1, found 0.0");
        refuses(
                of().repetitionPenalty(0.0),
                "repetition_penalty",
                "repetition_penalty: expected a number over 0, up to 1000, found 0.0");
        refuses(
                of().noRepeatNgramSize(-2),
                "no_repeat_ngram_size",
                "no_repeat_ngram_size: expected an integer of at least 0, found -2");
        refuses(
                of().forcedBosTokenId(-3),
                "forced_bos_token_id",
                "forced_bos_token_id: expected an integer of at least 0, found -3");
        refuses(
                of().forcedEosTokenId(-3),
                "forced_eos_token_id",
                "forced_eos_token_id: expected an integer of at least 0, found -3");
        refuses(of().numBeams(0), "num_beams", "num_beams: expected an integer from 1 to 32, found 0");
        refuses(
                of().suppressTokens(List.of(1, -1)),
                "suppress_tokens",
                "suppress_tokens: expected token ids of at least 0, found -1");
        refuses(
                of().beginSuppressTokens(Collections.singletonList(null)),
                "begin_suppress_tokens",
                "begin_suppress_tokens: expected token ids of at least 0, found null");
        refuses(
                of().badWordsIds(List.of(List.of())),
                "bad_words_ids",
                "bad_words_ids: each sequence needs at least one token id, found none");
        refuses(
                of().logitBias(Map.of(3, 101.0)),
                "logit_bias",
                "logit_bias: expected a number from -100 to 100, found 101.0");
        refuses(of().stopStrings(List.of("")), "stop", "stop: a stop string needs at least one character");
        refuses(
                of().stopStrings(Collections.nCopies(17, "x")),
                "stop",
                "stop: expected at most 16 stop strings, found 17");
    }

    @Test
    void theEdgesOfTheRangesAreAllowed() {
        GenerationSettings edges = of().temperature(0.0)
                .topP(0.0)
                .minP(1.0)
                .topK(0)
                .typicalP(1.0)
                .numBeams(1)
                .build();
        assertThat(edges.temperature()).isEqualTo(0);
    }

    @Test
    void settingsKeepNothingOfWhatTheCallerMayChange() {
        List<String> stops = new ArrayList<>(List.of("a"));
        Map<Integer, Double> bias = new LinkedHashMap<>(Map.of(1, 1.0));
        GenerationSettings settings = of().stopStrings(stops).logitBias(bias).build();
        stops.add("b");
        bias.put(2, 2.0);
        assertThat(settings.stopStrings()).containsExactly("a");
        assertThat(settings.logitBias()).containsOnlyKeys(1);
    }

    @Test
    void aBuilderStartsWithEveryValue() {
        GenerationSettings all = of().maxNewTokens(1)
                .minNewTokens(2)
                .doSample(true)
                .temperature(0.3)
                .topK(4)
                .topP(0.5)
                .minP(0.6)
                .typicalP(0.7)
                .repetitionPenalty(0.8)
                .noRepeatNgramSize(9)
                .badWordsIds(List.of(List.of(10)))
                .suppressTokens(List.of(11))
                .beginSuppressTokens(List.of(12))
                .forcedBosTokenId(13)
                .forcedEosTokenId(14)
                .logitBias(Map.of(15, 1.0))
                .seed(16L)
                .stopStrings(List.of("17"))
                .numBeams(18)
                .earlyStopping(samovar.config.GenerationDefaults.EarlyStopping.NEVER)
                .lengthPenalty(1.9)
                .build();
        assertThat(all).hasNoNullFieldsOrProperties();
        assertThat(all.toBuilder().build()).isEqualTo(all);
        assertThat(all.over(GenerationSettings.none())).isEqualTo(all);
        assertThat(GenerationSettings.none().over(all)).isEqualTo(all);
    }

    private static GenerationSettings.Builder of() {
        return GenerationSettings.builder();
    }

    private static void refuses(GenerationSettings.Builder builder, String field, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        GenerationException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessage(message);
    }
}
