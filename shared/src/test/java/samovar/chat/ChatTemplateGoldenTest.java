package samovar.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import samovar.json.Json;

/** Published templates rendered as transformers' apply_chat_template renders them. */
class ChatTemplateGoldenTest {

    static Json golden(String file) {
        try (InputStream in = ChatTemplateGoldenTest.class.getResourceAsStream("/goldens/chat_template/" + file)) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> rendersEveryConversationAsTransformersDoes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : List.of("chat_tiny.json", "chat_smollm2.json", "chat_qwen3.json")) {
            Json golden = golden(file);
            ChatTemplate template =
                    ChatTemplate.compile(golden.get("chat_template").asString(), file);
            for (Json goldenCase : golden.get("cases").elements()) {
                String name = file + " " + goldenCase.get("name").asString();
                tests.add(DynamicTest.dynamicTest(name, () -> check(golden, template, goldenCase)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(27);
        return tests.stream();
    }

    private static void check(Json golden, ChatTemplate template, Json goldenCase) {
        Map<String, String> specialTokens = new LinkedHashMap<>();
        for (String key : golden.get("special_tokens").keys()) {
            specialTokens.put(key, golden.get("special_tokens").get(key).asString(null));
        }
        TemplateContext context = TemplateContext.EMPTY
                .withSpecialTokens(specialTokens)
                .withGenerationPrompt(goldenCase.get("add_generation_prompt").asBoolean())
                .withTools(tools(goldenCase.get("tools")));
        List<ChatMessage> messages = goldenCase.get("messages").listOf(ChatMessage::of);
        if (goldenCase.get("error").isPresent()) {
            assertThat(errorOf(template, messages, context))
                    .isEqualTo(goldenCase.get("error").asString());
        } else {
            assertThat(template.render(messages, context))
                    .isEqualTo(goldenCase.get("rendered").asString());
        }
    }

    private static String errorOf(ChatTemplate template, List<ChatMessage> messages, TemplateContext context) {
        try {
            return "rendered: " + template.render(messages, context);
        } catch (ChatTemplateException e) {
            return e.errorType() + ": " + e.reason();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> tools(Json tools) {
        return tools.isNull() ? null : (List<Map<String, Object>>) tools.raw();
    }
}
