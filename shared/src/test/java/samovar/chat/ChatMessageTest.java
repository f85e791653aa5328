package samovar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.json.Json;

class ChatMessageTest {
    private static ChatMessage read(String json) {
        return ChatMessage.of(Json.parse(json, "messages"));
    }

    @Test
    void keepsEveryMemberInTheOrderOfTheText() {
        ChatMessage message = read("{\"name\":\"f\",\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"21\"}");
        assertThat(message.toMap().keySet()).containsExactly("name", "role", "tool_call_id", "content");
        assertThat(message.role()).isEqualTo("tool");
        assertThat(message.content()).isEqualTo("21");
    }

    @Test
    void joinsTheTextPartsOfAContent() {
        ChatMessage message = read("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:\"}},{\"type\":\"text\",\"text\":\"b\"}]}");
        assertThat(message.content()).isEqualTo("ab");
        assertThat(message.parts()).hasSize(3);
        assertThat(ChatMessage.user("a").parts()).isEmpty();
    }

    @Test
    void hasAnEmptyTextWhereTheContentIsNullOrMissing() {
        assertThat(read("{\"role\":\"assistant\",\"content\":null}").content()).isEmpty();
        assertThat(read("{\"role\":\"assistant\"}").content()).isEmpty();
    }

    @Test
    void saysWhereAMessageIsWrong() {
        assertThatThrownBy(() -> read("{\"content\":\"x\"}"))
                .hasMessage("messages: $.role: expected a string, found nothing (the key is missing)");
        assertThatThrownBy(() -> read("{\"role\":\"user\",\"content\":5}"))
                .hasMessage("messages: $.content: expected a string, found 5");
        assertThatThrownBy(() -> read("{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}"))
                .hasMessage("messages: $.content[0].type: expected a string, found nothing (the key is missing)");
    }

    @Test
    void isChangedByCopyOnly() {
        ChatMessage plain = ChatMessage.assistant("x");
        ChatMessage calling = plain.with("tool_calls", List.of(Map.of("id", "c")));
        assertThat(plain.toMap()).doesNotContainKey("tool_calls");
        assertThat(calling.toMap()).containsKey("tool_calls");
        assertThat(plain).isEqualTo(ChatMessage.of("assistant", "x")).isNotEqualTo(calling);
        assertThatThrownBy(() -> plain.with("role", 5)).hasMessage("role: expected a string, found 5");
        assertThatThrownBy(() -> plain.toMap().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    }
}
