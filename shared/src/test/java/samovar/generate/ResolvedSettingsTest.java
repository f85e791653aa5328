package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.config.GenerationDefaults;
import samovar.config.ModelConfig;
import samovar.json.Json;

class ResolvedSettingsTest {
    /** The values that Qwen2.5 ships, and then some. */
    private static final GenerationDefaults QWEN = defaults("""
            {"eos_token_id":[582,580],"do_sample":true,"temperature":0.7,"top_p":0.8,"top_k":20,"repetition_penalty":1.05,
             "max_new_tokens":64,"suppress_tokens":[7],"forced_eos_token_id":[3,4],"num_beams":4}
            """);

    @Test
    void theRequestGoesBeforeGenerationConfig() {
        GenerationSettings request = GenerationSettings.builder()
                .temperature(0.2)
                .topK(5)
                .repetitionPenalty(1.0)
                .maxNewTokens(9)
                .suppressTokens(List.of())
                .forcedEosTokenId(1)
                .build();
        ResolvedSettings resolved = ResolvedSettings.of(request, QWEN);
        assertThat(resolved.temperature()).isEqualTo(0.2);
        assertThat(resolved.topK()).isEqualTo(5);
        assertThat(resolved.topP()).isEqualTo(0.8);
        assertThat(resolved.repetitionPenalty()).isEqualTo(1);
        assertThat(resolved.maxNewTokens()).isEqualTo(9);
        assertThat(resolved.suppressTokens()).isEmpty();
        assertThat(resolved.forcedEosTokenIds()).containsExactly(1);
    }

    @Test
    void generationConfigGoesBeforeTheNeutralValues() {
        ResolvedSettings resolved = ResolvedSettings.of(GenerationSettings.none(), QWEN);
        assertThat(resolved.sampling()).isTrue();
        assertThat(resolved.temperature()).isEqualTo(0.7);
        assertThat(resolved.topP()).isEqualTo(0.8);
        assertThat(resolved.topK()).isEqualTo(20);
        assertThat(resolved.repetitionPenalty()).isEqualTo(1.05);
        assertThat(resolved.maxNewTokens()).isEqualTo(64);
        assertThat(resolved.eosTokenIds()).containsExactly(582, 580);
        assertThat(resolved.suppressTokens()).containsExactly(7);
        assertThat(resolved.forcedEosTokenIds()).containsExactly(3, 4);
        assertThat(resolved.numBeams())
                .as("beams of generation_config are not for chat")
                .isEqualTo(1);
    }

    @Test
    void withoutAnyoneSayingSoNothingActs() {
        ResolvedSettings resolved = ResolvedSettings.of(GenerationSettings.none(), GenerationDefaults.EMPTY);
        assertThat(resolved)
                .isEqualTo(new ResolvedSettings(
                        null,
                        null,
                        0,
                        0,
                        false,
                        1,
                        0,
                        1,
                        0,
                        1,
                        1,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        ResolvedSettings.NO_TOKEN,
                        List.of(),
                        java.util.Map.of(),
                        null,
                        List.of(),
                        1,
                        GenerationDefaults.EarlyStopping.WHEN_UNLIKELY_BETTER,
                        1,
                        List.of()));
    }

    @Test
    void temperatureZeroIsGreedyAndTheOthersStillAct() {
        GenerationSettings request =
                GenerationSettings.builder().temperature(0.0).doSample(true).build();
        ResolvedSettings resolved = ResolvedSettings.of(request, QWEN);
        assertThat(resolved.sampling()).isFalse();
        assertThat(resolved.repetitionPenalty()).isEqualTo(1.05);
        assertThat(LogitsProcessors.of(resolved, 3, 10)).isNotEmpty();
    }

    @Test
    void askingForATemperatureOrAShareAsksForSampling() {
        assertThat(sampling(GenerationSettings.none())).isFalse();
        assertThat(sampling(builder().temperature(0.7).build())).isTrue();
        assertThat(sampling(builder().topP(0.9).build())).isTrue();
        assertThat(sampling(builder().topK(3).build())).isTrue();
        assertThat(sampling(builder().minP(0.1).build())).isTrue();
        assertThat(sampling(builder().typicalP(0.9).build())).isTrue();
        assertThat(sampling(builder().seed(1L).build())).isFalse();
        assertThat(sampling(builder().doSample(false).temperature(0.7).build())).isFalse();
        assertThat(sampling(builder().doSample(true).build())).isTrue();
    }

    @Test
    void doSampleOfTheRequestOverrulesTheConfigurations() {
        GenerationSettings request =
                GenerationSettings.builder().doSample(false).build();
        assertThat(ResolvedSettings.of(request, QWEN).sampling()).isFalse();
    }

    @Test
    void theLimitIsTheSmallestThatAnyoneSets() {
        ResolvedSettings asked = ResolvedSettings.of(GenerationSettings.maxNewTokens(10), GenerationDefaults.EMPTY);
        assertThat(asked.limitFor(100, 1000)).isEqualTo(10);
        assertThat(asked.limitFor(995, 1000)).isEqualTo(5);
        assertThat(asked.limitFor(1000, 1000)).isZero();
        ResolvedSettings open = ResolvedSettings.of(GenerationSettings.none(), GenerationDefaults.EMPTY);
        assertThat(open.limitFor(100, 1000)).isEqualTo(900);
        assertThat(open.limitFor(100, Integer.MAX_VALUE)).isEqualTo(2048);
    }

    @Test
    void maxLengthCountsThePromptAndYieldsToARequest() {
        GenerationDefaults defaults = defaults("{\"max_length\":120}");
        ResolvedSettings open = ResolvedSettings.of(GenerationSettings.none(), defaults);
        assertThat(open.limitFor(100, 1000)).isEqualTo(20);
        assertThat(open.limitFor(150, 1000)).isEqualTo(1);
        ResolvedSettings asked = ResolvedSettings.of(GenerationSettings.maxNewTokens(50), defaults);
        assertThat(asked.limitFor(100, 1000)).isEqualTo(50);
    }

    @Test
    void aValueOfGenerationConfigOutsideItsRangeIsNamed() {
        GenerationDefaults broken = defaults("{\"top_p\":7}");
        assertThatThrownBy(() -> ResolvedSettings.of(GenerationSettings.none(), broken))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining("top_p")
                .hasMessageContaining("7");
    }

    private static GenerationSettings.Builder builder() {
        return GenerationSettings.builder();
    }

    private static boolean sampling(GenerationSettings request) {
        return ResolvedSettings.of(request, GenerationDefaults.EMPTY).sampling();
    }

    private static GenerationDefaults defaults(String json) {
        ModelConfig config = ModelConfig.parse("{\"model_type\":\"llama\",\"architectures\":[\"LlamaForCausalLM\"]}");
        return GenerationDefaults.of(Json.parse(json, "generation_config.json"), config);
    }
}
