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
    void asksNothingButASeedAndALimitWhereTheFieldsAreEmpty() {
        GenerationSettings settings = form.settings(GenerationSettings.none(), 7);

        assertThat(settings)
                .isEqualTo(GenerationSettings.builder()
                        .seed(7L)
                        .maxNewTokens(SamplingForm.MAX_NEW_TOKENS)
                        .build());
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
    void showsTheModelsOwnValues() {
        assertThat(SamplingField.TEMPERATURE.own(SAMPLING_MODEL)).isEqualTo("0.7");
        assertThat(SamplingField.TEMPERATURE.own(GenerationSettings.none())).isEqualTo("0");
        assertThat(SamplingField.TOP_K.own(SAMPLING_MODEL)).isEqualTo("20");
        assertThat(SamplingField.TOP_P.own(SAMPLING_MODEL)).isEqualTo("1");
        assertThat(SamplingField.MAX_NEW_TOKENS.own(SAMPLING_MODEL)).isEqualTo("256");
        assertThat(SamplingField.MAX_NEW_TOKENS.own(GenerationSettings.none())).isEqualTo("1024");
    }
}
