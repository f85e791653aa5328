package samovar.client.selftest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.chat.ChatTemplate;
import samovar.chat.ChatTemplateException;
import samovar.chat.TemplateContext;
import samovar.chat.TemplateMoment;
import samovar.json.Json;

/** What transformers and jinja2 made of published templates and of small ones, errors included. */
final class TemplateCases {
    private static final List<String> FILES = List.of("chat_tiny", "chat_smollm2", "chat_qwen3");
    /** 2024-02-29T13:05:09.250Z, the moment of the snippets' goldens. */
    private static final TemplateMoment MOMENT = new TemplateMoment(1_709_211_909_250L, 0);

    private TemplateCases() {}

    static void run(Texts texts, Report report) {
        for (String file : FILES) {
            Json golden = texts.golden("chat_template/" + file + ".json");
            ChatTemplate template =
                    ChatTemplate.compile(golden.get("chat_template").asString(), file);
            for (Json example : golden.get("cases").elements()) {
                String name = "template " + file + " " + example.get("name").asString();
                report.check(name, expected(example, "rendered"), conversation(golden, template, example));
            }
        }
        snippets(texts.golden("chat_template/jinja_snippets.json"), report);
    }

    private static String expected(Json example, String textKey) {
        return example.get(textKey).isPresent()
                ? example.get(textKey).asString()
                : "error: " + example.get("error").asString();
    }

    private static String conversation(Json golden, ChatTemplate template, Json example) {
        TemplateContext context = TemplateContext.EMPTY
                .withSpecialTokens(specialTokens(golden.get("special_tokens")))
                .withGenerationPrompt(example.get("add_generation_prompt").asBoolean())
                .withTools(tools(example.get("tools")));
        try {
            return template.render(example.get("messages").listOf(ChatMessage::of), context);
        } catch (ChatTemplateException e) {
            return "error: " + e.errorType() + ": " + e.reason();
        }
    }

    private static Map<String, String> specialTokens(Json tokens) {
        Map<String, String> specialTokens = new LinkedHashMap<>();
        for (String name : tokens.keys()) {
            specialTokens.put(name, tokens.get(name).asString(null));
        }
        return specialTokens;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> tools(Json tools) {
        return tools.isNull() ? null : (List<Map<String, Object>>) tools.raw();
    }

    /** Errors of jinja2 have messages of their own wording: there only the type is compared, and the whole only between platforms. */
    @SuppressWarnings("unchecked")
    private static void snippets(Json golden, Report report) {
        TemplateContext context = TemplateContext.EMPTY
                .withExtra((Map<String, Object>) golden.get("context").raw())
                .withMoment(MOMENT);
        List<Json> cases = golden.get("cases").elements();
        for (int i = 0; i < cases.size(); i++) {
            String name = "jinja " + i;
            Json snippet = cases.get(i);
            try {
                String text = ChatTemplate.compile(snippet.get("template").asString(), "snippet")
                        .render(List.of(), context);
                report.check(name, expected(snippet, "text"), text);
            } catch (ChatTemplateException e) {
                report.check(name, expected(snippet, "text"), "error: " + e.errorType());
                report.result(name + " reason", e.reason());
            }
        }
    }
}
