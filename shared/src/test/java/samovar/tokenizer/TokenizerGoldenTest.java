package samovar.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.json.Json;

class TokenizerGoldenTest {
    @Test
    void smollm2EqualsTheReference() {
        compare(TestTokenizers.smollm2(), "tokenizer/smollm2.json", 45);
    }

    @Test
    void qwen3EqualsTheReference() {
        compare(TestTokenizers.qwen3(), "tokenizer/qwen3.json", 45);
    }

    @Test
    void tinyChatDecodesTheReferencesAnswers() {
        Tokenizer tokenizer = TestTokenizers.tinyChat();
        List<Json> cases =
                TestTokenizers.golden("tiny_chat_greedy.json").get("cases").elements();
        assertThat(cases).hasSizeGreaterThan(5);
        for (Json golden : cases) {
            int[] ids = TestTokenizers.ids(golden.get("token_ids"));
            assertThat(tokenizer.decode(ids, true)).isEqualTo(golden.get("text").asString());
            assertThat(TestTokenizers.streamed(tokenizer, ids, true))
                    .isEqualTo(golden.get("text").asString());
            int[] prompt = TestTokenizers.ids(golden.get("prompt_ids"));
            assertThat(tokenizer.encode(tokenizer.decode(prompt, false), true)).isEqualTo(prompt);
        }
    }

    private static void compare(Tokenizer tokenizer, String name, int count) {
        List<Json> cases = TestTokenizers.golden(name).get("cases").elements();
        assertThat(cases).hasSize(count);
        for (Json golden : cases) {
            String text = golden.get("text").asString();
            int[] ids = TestTokenizers.ids(golden.get("ids"));
            assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ids);
            assertThat(tokenizer.encode(text, false))
                    .as(text)
                    .isEqualTo(TestTokenizers.ids(golden.get("ids_no_special")));
            String decoded = golden.get("decoded").asString();
            assertThat(tokenizer.decode(ids, false)).isEqualTo(decoded);
            assertThat(TestTokenizers.streamed(tokenizer, ids, false)).isEqualTo(decoded);
            String skipped = golden.get("decoded_skip_special").asString();
            assertThat(tokenizer.decode(ids, true)).isEqualTo(skipped);
            assertThat(TestTokenizers.streamed(tokenizer, ids, true)).isEqualTo(skipped);
        }
    }
}
