package samovar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.chat.ChatTemplateException.Kind;

/** Whatever a template does, it ends soon, with a failure that says why. */
class TemplateBudgetTest {

    private static ChatTemplateException failureOf(String source) {
        return Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> catchThrowableOfType(ChatTemplateException.class, () -> ChatTemplate.compile(source, "t")
                        .render(List.of(), TemplateContext.EMPTY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
                "{% set l = range(100000)|list %}{% for a in l %}{% if -1 in l %}{% endif %}{% endfor %}",
                "{% set s = 'ab' * 4000000 %}{% for a in range(100000) %}{% set x = s ~ a %}{% endfor %}",
                "{% set s = 'a' * 8000000 %}{{ s.find('a' * 4000000 ~ 'b') }}",
                "{% set s = 'a' * 8000000 %}{{ s.replace('a' * 4000000 ~ 'b', '') }}",
                "{% set s = 'a' * 8000000 %}{{ s.strip('b' * 4000000 ~ 'a')|length }}",
                "{% for a in range(100000) %}{% set x = range(100000)|list %}{% endfor %}",
                "{% for a in range(100000) %}{% set x = range(100000)|sort %}{% endfor %}",
                "{% for a in range(100000) %}{% set x = range(100000)|sum %}{% endfor %}",
                "{% set ns = namespace(v=[1]) %}{% for a in range(100) %}{% set ns.v = ns.v + ns.v %}{% endfor %}",
                "{% set l = [[1] * 1000] * 1000 %}{% for a in range(100000) %}{{ '' if l == l|list }}{% endfor %}",
                "{{ [0] * 9999999999 }}",
            })
    void stopsWhatRunsTooLong(String source) {
        ChatTemplateException failure = failureOf(source);
        assertThat(failure.kind()).isEqualTo(Kind.BUDGET);
        assertThat(failure.reason()).contains("ran longer than 10000000 steps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a' * 9999999999 }}",
                "{% set ns = namespace(s='a') %}{% for a in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='a') %}{% for a in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set s = 'ab' * 100000 %}{% for a in range(1000) %}{{ s }}{% endfor %}",
                "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
                "{{ ['a' * 1000000] * 1000 }}",
                "{{ (['a' * 1000000] * 1000)|join }}",
                "{{ (['a' * 1000000] * 1000)|tojson }}",
                "{{ (('a\n' * 100000)|indent(1000))|length }}",
                "{{ ''.ljust(999999999) }}",
                "{{ 'x'|center(999999999) }}",
                "{% set ns = namespace(l=[1]) %}{% for a in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
            })
    void stopsWhatGrowsTooLarge(String source) {
        ChatTemplateException failure = failureOf(source);
        assertThat(failure.kind()).isEqualTo(Kind.BUDGET);
        assertThat(failure.reason()).containsAnyOf("grew longer than 16000000 characters", "ran longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{% if true %}{{ [a()] }}{% endif %}{% endmacro %}{{ a() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% macro m() %}{% call m() %}{% endcall %}{{ caller() }}{% endmacro %}{{ m() }}",
                "{% set ns = namespace(v=1) %}{% for x in range(9999) %}{% set ns.v = [ns.v] %}{% endfor %}{{ ns.v }}",
                "{% set ns = namespace(v=1) %}{% for x in range(9999) %}{% set ns.v = [ns.v] %}{% endfor %}{{ ns.v|tojson }}",
                "{% set ns = namespace(v=1, w=1) %}{% for x in range(9999) %}{% set ns.v = [ns.v] %}{% set ns.w = [ns.w] %}"
                        + "{% endfor %}{{ ns.v == ns.w }}",
                "{% set ns = namespace(v=[1]) %}{% for x in range(9999) %}{% set ns.v = ns.v|select %}{% endfor %}{{ ns.v|list }}",
            })
    void stopsWhatNestsTooDeeply(String source) {
        ChatTemplateException failure = failureOf(source);
        assertThat(failure.kind()).isEqualTo(Kind.BUDGET);
        assertThat(failure.reason()).containsAnyOf("deeper than", "feed one another");
    }

    @Test
    void stopsTupleKeysThatAreCheapToMakeAndDearToHash() {
        ChatTemplateException failure = failureOf(
                "{% set ns = namespace(v=(1,)) %}{% for x in range(60) %}{% set ns.v = (ns.v, ns.v) %}{% endfor %}{{ {ns.v: 1} }}");
        assertThat(failure.kind()).isEqualTo(Kind.BUDGET);
    }

    @Test
    void refusesSourcesThatNestTooDeeply() {
        for (String open : List.of("(", "[", "{1:", "-", "not ", "x(", "x[", "x if ", "1 is eq [")) {
            assertThat(failureOf("{{ " + open.repeat(5000) + " }}").kind()).isEqualTo(Kind.SYNTAX);
        }
        assertThat(failureOf("{% if x %}".repeat(5000)).kind()).isEqualTo(Kind.SYNTAX);
        assertThat(failureOf("{% for x in y %}".repeat(5000)).kind()).isEqualTo(Kind.SYNTAX);
        assertThat(failureOf("{{ x" + ".x".repeat(5000) + " }}").kind()).isEqualTo(Kind.SYNTAX);
        assertThat(failureOf("{{ x" + "|upper".repeat(5000) + " }}").kind()).isEqualTo(Kind.SYNTAX);
    }

    @Test
    void readsLongChainsWithoutNesting() {
        String sum = "{{ 0" + " + 1".repeat(5000) + " }}";
        assertThat(ChatTemplate.compile(sum, "t").render(List.of(), TemplateContext.EMPTY))
                .isEqualTo("5000");
        String branches = "{% if x %}" + "{% elif x %}".repeat(5000) + "{% else %}y{% endif %}";
        assertThat(ChatTemplate.compile(branches, "t").render(List.of(), TemplateContext.EMPTY))
                .isEqualTo("y");
    }

    @Test
    void fitsASmallStackAtTheDeepest() throws InterruptedException {
        String macro =
                "{% macro m(n) %}{% for x in [1] %}{% if true %}{% set y %}{{ ((((([m(n + 1)]))))) }}{% endset %}{{ y }}"
                        + "{% endif %}{% endfor %}{% endmacro %}{{ m(0) }}";
        String nested = "{{ " + "(".repeat(95) + "1" + ")".repeat(95) + " }}";
        Throwable[] fault = new Throwable[1];
        Thread small = new Thread(
                null,
                () -> {
                    assertThat(failureOfHere(macro).kind()).isEqualTo(Kind.BUDGET);
                    assertThat(ChatTemplate.compile(nested, "t").render(List.of(), TemplateContext.EMPTY))
                            .isEqualTo("1");
                },
                "small stack",
                512 * 1024);
        small.setUncaughtExceptionHandler((thread, failure) -> fault[0] = failure);
        small.start();
        small.join();
        assertThat(fault[0]).isNull();
    }

    private static ChatTemplateException failureOfHere(String source) {
        return catchThrowableOfType(ChatTemplateException.class, () -> ChatTemplate.compile(source, "t")
                .render(List.of(), TemplateContext.EMPTY));
    }

    @Test
    void rendersALongConversationWellWithinTheBudget() {
        ChatTemplate qwen = ChatTemplate.compile(
                ChatTemplateGoldenTest.golden("chat_qwen3.json")
                        .get("chat_template")
                        .asString(),
                "q");
        List<ChatMessage> turn =
                List.of(ChatMessage.user("Why? ".repeat(2000)), ChatMessage.assistant("So. ".repeat(500)));
        List<ChatMessage> conversation =
                Collections.nCopies(600, turn).stream().flatMap(List::stream).toList();
        assertThat(qwen.render(conversation, TemplateContext.EMPTY).length()).isGreaterThan(7_000_000);
    }
}
