package samovar.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import samovar.json.Json;

/** Small templates, one for each filter, test, method, operator and tag, with what jinja2 made of them (see jinja_snippets.py). */
class JinjaGoldenTest {

    static String errorOf(Supplier<String> rendering) {
        try {
            return "rendered: " + rendering.get();
        } catch (ChatTemplateException e) {
            return e.errorType() + ": " + e.reason();
        }
    }

    @TestFactory
    Stream<DynamicTest> answersEverySnippetAsJinjaDoes() {
        Json golden = ChatTemplateGoldenTest.golden("jinja_snippets.json");
        List<DynamicTest> tests = new ArrayList<>();
        for (Json snippet : golden.get("cases").elements()) {
            String source = snippet.get("template").asString();
            tests.add(DynamicTest.dynamicTest("«" + source + "»", () -> check(golden.get("context"), source, snippet)));
        }
        assertThat(tests).hasSizeGreaterThan(1500);
        return tests.stream();
    }

    @SuppressWarnings("unchecked")
    private static void check(Json variables, String source, Json snippet) {
        TemplateContext context = TemplateContext.EMPTY
                .withExtra((Map<String, Object>) variables.raw())
                // 2024-02-29T13:05:09.250Z
                .withMoment(new TemplateMoment(1_709_211_909_250L, 0));
        Supplier<String> rendering =
                () -> ChatTemplate.compile(source, "snippet").render(List.of(), context);
        if (snippet.get("text").isPresent()) {
            String rendered = snippet.get("text").asString();
            assertThat(errorOf(rendering)).isEqualTo("rendered: " + rendered);
            return;
        }
        String type = snippet.get("error").asString();
        if (snippet.get("message").isPresent()) {
            assertThat(errorOf(rendering))
                    .isEqualTo(type + ": " + snippet.get("message").asString());
        } else {
            assertThat(errorOf(rendering)).startsWith(type + ": ");
        }
    }
}
