package samovar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import samovar.json.Json;

/** Garbage made from the snippets: whatever it is, it renders or fails as a template, soon. */
class TemplateFuzzTest {
    private static final int TEMPLATES = 10_000;
    private static final Pattern PIECE = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);

    private final Random random = new Random(20240229);
    private final List<String> snippets = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();

    @Test
    @SuppressWarnings("unchecked")
    void garbageNeverFailsInAnyOtherWay() {
        Json golden = ChatTemplateGoldenTest.golden("jinja_snippets.json");
        for (Json snippet : golden.get("cases").elements()) {
            snippets.add(snippet.get("template").asString());
        }
        for (String snippet : snippets) {
            Matcher matcher = PIECE.matcher(snippet);
            while (matcher.find()) {
                pieces.add(matcher.group());
            }
        }
        TemplateContext context = TemplateContext.EMPTY
                .withExtra((Map<String, Object>) golden.get("context").raw())
                .withMoment(new TemplateMoment(0, 0));
        int rendered = 0;
        int failed = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            String source = random.nextInt(3) == 0 ? shuffled() : mutated();
            try {
                ChatTemplate.compile(source, "garbage").render(List.of(), context);
                rendered++;
            } catch (ChatTemplateException e) {
                assertThat(e.line()).isPositive();
                failed++;
            } catch (RuntimeException | StackOverflowError e) {
                fail("template " + source, e);
            }
        }
        assertThat(rendered).isGreaterThan(500);
        assertThat(failed).isGreaterThan(500);
    }

    private String piece() {
        return pieces.get(random.nextInt(pieces.size()));
    }

    private String snippet() {
        return snippets.get(random.nextInt(snippets.size()));
    }

    private String shuffled() {
        boolean print = random.nextBoolean();
        StringBuilder source = new StringBuilder(print ? "{{ " : "{% ");
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            source.append(piece());
        }
        return source.append(print ? " }}" : " %}").toString();
    }

    private String mutated() {
        StringBuilder source = new StringBuilder(snippet());
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(source.length() + 1);
            int to = Math.min(source.length(), at + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> source.delete(at, to);
                case 1 -> source.insert(at, piece());
                case 2 -> source.insert(at, snippet());
                default -> source.replace(at, to, piece());
            }
        }
        return source.toString();
    }
}
