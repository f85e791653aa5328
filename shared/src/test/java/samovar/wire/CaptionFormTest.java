package samovar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationSettings;
import samovar.json.Json;

class CaptionFormTest {
    @Test
    void readsTheFields() {
        CaptionForm form = CaptionForm.ofFields(Map.of(
                "model", "org/name",
                "task", "<OPEN_VOCABULARY_DETECTION>",
                "input", "5",
                "dtype", "{\"vision_encoder\":\"fp16\"}",
                "max_new_tokens", "20",
                "num_beams", "3",
                "do_sample", "false",
                "stop", ".",
                "stream", "true"));
        assertThat(form.model()).isEqualTo("org/name");
        assertThat(form.task()).isEqualTo("<OPEN_VOCABULARY_DETECTION>");
        assertThat(form.input()).isEqualTo("5");
        assertThat(form.dtype().perModule()).containsExactly(Map.entry("vision_encoder", "fp16"));
        assertThat(form.settings().maxNewTokens()).isEqualTo(20);
        assertThat(form.settings().numBeams()).isEqualTo(3);
        assertThat(form.settings().doSample()).isFalse();
        assertThat(form.settings().stopStrings()).containsExactly(".");
        assertThat(form.stream()).isTrue();
    }

    @Test
    void takesAnEmptyFieldAsNotGiven() {
        CaptionForm form = CaptionForm.ofFields(Map.of("task", "<CAPTION>", "input", "", "model", "", "top_k", ""));
        assertThat(form)
                .isEqualTo(new CaptionForm("", form.dtype(), "<CAPTION>", "", GenerationSettings.none(), false));
        assertThat(form.dtype().isAuto()).isTrue();
    }

    @Test
    void readsWhatItWrote() {
        CaptionForm form = new CaptionForm(
                "org/name",
                DtypeSpec.of(Map.of("encoder_model", "q4")),
                "<CAPTION>",
                "a tree",
                GenerationSettings.builder()
                        .maxNewTokens(7)
                        .temperature(0.5)
                        .stopStrings(List.of("5", "a"))
                        .badWordsIds(List.of(List.of(1, 2)))
                        .logitBias(Map.of(4, 1.5))
                        .build(),
                true);
        CaptionForm read = CaptionForm.ofFields(form.toFields());
        assertThat(read.settings()).isEqualTo(form.settings());
        assertThat(read.dtype().perModule()).isEqualTo(form.dtype().perModule());
        assertThat(read.toFields()).isEqualTo(form.toFields());
    }

    @Test
    void namesEveryFieldAtFault() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("num_beams", "0");
        fields.put("top_k", "many");
        fields.put("colour", "red");
        assertThatThrownBy(() -> CaptionForm.ofFields(fields))
                .isInstanceOfSatisfying(
                        WireException.class,
                        fault -> assertThat(fault.body().param()).isEqualTo("top_k"))
                .hasMessageContaining("Invalid type for 'top_k': expected an integer, found the string \"many\"")
                .hasMessageContaining("Invalid 'num_beams'")
                .hasMessageContaining("Missing required parameter: 'task'")
                .hasMessageContaining("Unknown parameter: 'colour'");
    }

    @Test
    void refusesADtypeOfTheWrongShape() {
        assertThatThrownBy(() -> CaptionForm.ofFields(Map.of("task", "<CAPTION>", "dtype", "[\"q4\"]")))
                .isInstanceOfSatisfying(
                        WireException.class,
                        fault -> assertThat(fault.body().param()).isEqualTo("dtype"));
    }

    @Test
    void tellsPiecesFromTheWholeAnswer() {
        CaptionDelta delta = new CaptionDelta("A \"red\"");
        assertThat(CaptionDelta.find(Json.parse(delta.toJson(), "event"))).hasValue(delta);
        assertThat(CaptionDelta.find(Json.parse("{\"task\":\"<CAPTION>\"}", "event")))
                .isEmpty();
        assertThatThrownBy(() -> CaptionDelta.find(Json.parse("{\"error\":{\"message\":\"gone\"}}", "event")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("gone");
    }
}
