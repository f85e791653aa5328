package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.json.Json;

class DtypeSpecTest {
    @Test
    void readsANameAMapAndNothing() {
        assertThat(DtypeSpec.ofJson(json("\"q4\"")).asked("model")).isEqualTo("q4");
        DtypeSpec map = DtypeSpec.ofJson(json("{\"vision_encoder\":\"fp16\",\"encoder_model\":\"auto\"}"));
        assertThat(map.asked("vision_encoder")).isEqualTo("fp16");
        assertThat(map.asked("embed_tokens")).isEqualTo("auto");
        assertThat(DtypeSpec.ofJson(json("null")).isAuto()).isTrue();
        assertThat(DtypeSpec.of("auto").isAuto()).isTrue();
        assertThat(DtypeSpec.of(Map.of("model", "q4")).asked("model")).isEqualTo("q4");
        assertThat(DtypeSpec.of(Dtype.Q4F16)).hasToString("q4f16");
    }

    @Test
    void readsTheOldBooleanWithANote() {
        DtypeSpec yes = DtypeSpec.ofOptions(json("{\"quantized\":true}"));
        assertThat(yes.asked("model")).isEqualTo("q8");
        assertThat(yes.notes()).containsExactly("quantized: true is deprecated and was read as dtype: \"q8\"");
        DtypeSpec no = DtypeSpec.ofOptions(json("{\"quantized\":false}"));
        assertThat(no.asked("model")).isEqualTo("fp32");
        assertThat(no.notes()).containsExactly("quantized: false is deprecated and was read as dtype: \"fp32\"");
        DtypeSpec both = DtypeSpec.ofOptions(json("{\"quantized\":true,\"dtype\":\"q4\"}"));
        assertThat(both.asked("model")).isEqualTo("q4");
        assertThat(both.notes()).containsExactly("quantized is deprecated; dtype was given too and counts");
        assertThat(DtypeSpec.ofOptions(json("{}")).isAuto()).isTrue();
    }

    @Test
    void refusesOtherShapesAndSaysWhere() {
        assertThatThrownBy(() -> DtypeSpec.ofOptions(json("{\"dtype\":4}")))
                .isInstanceOfSatisfying(
                        DtypePlanException.class,
                        e -> assertThat(e.faults().get(0).kind()).isEqualTo(PlanFault.Kind.BAD_SPEC))
                .hasMessage(
                        "request: $.dtype: a dtype is one name, or an object from module to name, or \"auto\"; names:"
                                + " fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4, q2, q2f16, q1, q1f16");
        assertThatThrownBy(() -> DtypeSpec.ofOptions(json("{\"dtype\":{\"model\":4}}")))
                .hasMessageStartingWith("request: $.dtype.model: a dtype is one name");
        assertThatThrownBy(() -> DtypeSpec.ofOptions(json("{\"quantized\":\"yes\"}")))
                .hasMessageStartingWith("request: $.quantized: ");
    }

    private static Json json(String text) {
        return Json.parse(text, "request");
    }
}
