package samovar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void keepsTheOrderOfMembersAndTheKindOfNumbers() {
        Json json = Json.parse("{\"z\":1,\"a\":2.5,\"m\":[true,null,\"x\"],\"big\":9007199254740993}", "t.json");
        assertThat(json.keys()).containsExactly("z", "a", "m", "big");
        assertThat(json.get("z").raw()).isEqualTo(1L);
        assertThat(json.get("a").raw()).isEqualTo(2.5);
        assertThat(json.get("big").asLong()).isEqualTo(9007199254740993L);
        assertThat(json.get("m").elements()).hasSize(3);
    }

    @Test
    void namesSourceAndPathOfAWrongValue() {
        Json json = Json.parse("{\"a\":[1,\"x\"]}", "config.json");
        assertThatThrownBy(() -> json.get("a").get(1).asInt())
                .isInstanceOf(JsonException.class)
                .hasMessage("config.json: $.a[1]: expected an integer, found the string \"x\"");
        assertThatThrownBy(() -> json.get("b").get("c").asString())
                .hasMessage("config.json: $.b.c: expected a string, found nothing (the key is missing)");
    }

    @Test
    void refusesTextAfterTheValue() {
        assertThatThrownBy(() -> Json.parse("{} {}", "t")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("{},1", "t")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("{", "t")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse(" ", "t")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("]", "t")).isInstanceOf(JsonException.class);
    }

    @Test
    void limitsTheDepth() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000), "t")).hasMessageContaining("deeper than 200");
    }

    @Test
    void writesWhatItReads() {
        String text = "{\"a\":[1,2.5,-3,true,null,\"q\\\"\\n\\u0001😀\"],\"b\":{}}";
        assertThat(JsonWriter.write(Json.parse(text, "t").raw())).isEqualTo(text);
        assertThat(JsonWriter.write(Map.of("x", List.of(1.0, "\ud800")))).isEqualTo("{\"x\":[1,\"\\ud800\"]}");
        assertThatThrownBy(() -> JsonWriter.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
