package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import samovar.generate.GenerationSettings;

class SamplingFormTest {
    private static final GenerationSettings SAMPLING_MODEL = GenerationSettings.builder()
            .doSample(true)
            .temperature(0.7)
            .topK(20)
            .maxNewTokens(256)
            .build();

    private final SamplingForm form = new SamplingForm();

    @Test
    void samplesMildlyWhereTheModelSaysNothing() {
        GenerationSettings settings = form.settings(GenerationSettings.none(), 7);

        assertThat(settings)
                .isEqualTo(GenerationSettings.builder()
                        .seed(7L)
                        .maxNewTokens(1024)
                        .doSample(true)
                        .temperature(0.2)
                        .topP(0.9)
                        .repetitionPenalty(1.1)
                        .build());
    }

    @Test
    void leavesTheModelsOwnWordOnSamplingAlone() {
        GenerationSettings greedy = GenerationSettings.builder().doSample(false).build();

        assertThat(form.settings(greedy, 7))
                .isEqualTo(
                        GenerationSettings.builder().seed(7L).maxNewTokens(1024).build());
    }

    @Test
    void leavesTheLimitToAModelThatHasOne() {
        assertThat(form.settings(SAMPLING_MODEL, 7).maxNewTokens()).isNull();
    }

    @Test
    void takesWhatWasTyped() {
        form.set(SamplingField.TEMPERATURE, " 0 ");
        form.set(SamplingField.TOP_P, "0.9");
        form.set(SamplingField.TOP_K, "40");
        form.set(SamplingField.REPETITION_PENALTY, "1.1");
        form.set(SamplingField.MAX_NEW_TOKENS, "64");
        form.set(SamplingField.SEED, "1234567890123");

        assertThat(form.settings(SAMPLING_MODEL, 7))
                .isEqualTo(GenerationSettings.builder()
                        .temperature(0.0)
                        .topP(0.9)
                        .topK(40)
                        .repetitionPenalty(1.1)
                        .maxNewTokens(64)
                        .seed(1_234_567_890_123L)
                        .build());
    }

    @Test
    void saysWhatIsWrongWithAFieldAndDoesNotAskForIt() {
        form.set(SamplingField.TEMPERATURE, "9");
        form.set(SamplingField.TOP_K, "2.5");
        form.set(SamplingField.SEED, "many");

        assertThat(form.problem(SamplingField.TEMPERATURE)).contains("0 to 2").doesNotContain("temperature");
        assertThat(form.problem(SamplingField.TOP_K)).isEqualTo("a whole number");
        assertThat(form.problem(SamplingField.SEED)).isEqualTo("a number, not \"many\"");
        assertThat(form.problem(SamplingField.TOP_P)).isEmpty();
        assertThat(form.settings(SAMPLING_MODEL, 7))
                .isEqualTo(GenerationSettings.builder().seed(7L).build());
    }

    @Test
    void forgetsWhatWasTyped() {
        form.set(SamplingField.TEMPERATURE, "1");
        form.clear();

        assertThat(form.settings(SAMPLING_MODEL, 7).temperature()).isNull();
    }

    @Test
    void showsTheModelsOwnValuesAndThePagesWhereItHasNone() {
        GenerationSettings own = SamplingForm.defaults(SAMPLING_MODEL);
        GenerationSettings pages = SamplingForm.defaults(GenerationSettings.none());

        assertThat(SamplingField.TEMPERATURE.text(own)).isEqualTo("0.7");
        assertThat(SamplingField.TEMPERATURE.text(pages)).isEqualTo("0.2");
        assertThat(SamplingField.TEMPERATURE.text(
                        GenerationSettings.builder().doSample(false).build()))
                .isEqualTo("0");
        assertThat(SamplingField.TOP_K.text(own)).isEqualTo("20");
        assertThat(SamplingField.TOP_P.text(own)).isEqualTo("1");
        assertThat(SamplingField.TOP_P.text(pages)).isEqualTo("0.9");
        assertThat(SamplingField.MAX_NEW_TOKENS.text(own)).isEqualTo("256");
        assertThat(SamplingField.MAX_NEW_TOKENS.text(pages)).isEqualTo("1024");
    }
}
