package samovar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.chat.ChatTemplateException.Kind;
import samovar.json.Json;

class ChatTemplateTest {
    private static final List<ChatMessage> HELLO = List.of(ChatMessage.system("Be brief."), ChatMessage.user("Hi"));

    private static ChatTemplateException failureOf(String source) {
        return catchThrowableOfType(ChatTemplateException.class, () -> ChatTemplate.compile(source, "tiny")
                .render(HELLO, TemplateContext.EMPTY));
    }

    @Test
    void showsMessagesToolsTokensAndExtraVariablesByTheirNames() {
        ChatTemplate template = ChatTemplate.compile(
                "{{ bos_token }}{% for m in messages %}{{ m.role }}:{{ m.content }};{% endfor %}"
                        + "{{ add_generation_prompt }} {{ tools }} {{ enable_thinking }} {{ documents }}",
                "t");
        TemplateContext context = TemplateContext.EMPTY
                .withGenerationPrompt(true)
                .withSpecialTokens(Map.of("bos_token", "<s>"))
                .withTools(List.of(Map.of("name", "f")))
                .withExtra(Map.of("enable_thinking", false));
        assertThat(template.render(HELLO, context))
                .isEqualTo("<s>system:Be brief.;user:Hi;True [{'name': 'f'}] False None");
        assertThat(template.render(List.of(), TemplateContext.EMPTY)).isEqualTo("False None  None");
    }

    @Test
    void rendersTheSameTwice() {
        ChatTemplate template = ChatTemplate.compile(
                "{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}",
                "t");
        assertThat(template.render(HELLO, TemplateContext.EMPTY)).isEqualTo("2");
        assertThat(template.render(HELLO, TemplateContext.EMPTY)).isEqualTo("2");
    }

    @Test
    void tellsTheTimeItWasGivenAndHasNoneOtherwise() {
        ChatTemplate template = ChatTemplate.compile(
                "{% if strftime_now is defined %}{{ strftime_now('%d %b %Y %H:%M') }}{% else %}no clock{% endif %}",
                "t");
        TemplateMoment leapDay = new TemplateMoment(1_709_253_000_000L, -120);
        assertThat(template.render(HELLO, TemplateContext.EMPTY.withMoment(leapDay)))
                .isEqualTo("29 Feb 2024 22:30");
        assertThat(template.render(HELLO, TemplateContext.EMPTY)).isEqualTo("no clock");
    }

    @Test
    void countsDaysAsPythonDoesFromYearOneTo9999() {
        ChatTemplate template = ChatTemplate.compile("{{ strftime_now('%Y-%m-%d %j %a') }}", "t");
        Map<Long, String> days = Map.of(
                -62_135_596_800_000L, "1-01-01 001 Mon",
                -1L, "1969-12-31 365 Wed",
                951_782_400_000L, "2000-02-29 060 Tue",
                4_107_542_400_000L, "2100-03-01 060 Mon",
                253_402_300_799_000L, "9999-12-31 365 Fri");
        days.forEach((millis, text) -> assertThat(
                        template.render(HELLO, TemplateContext.EMPTY.withMoment(new TemplateMoment(millis, 0))))
                .isEqualTo(text));
    }

    @Test
    void namesTemplateAndLineOfAFault() {
        ChatTemplateException failure =
                failureOf("a\n{% for m in messages %}\n{{ m.content }}\n{{ m.x.y }}\n{% endfor %}");
        assertThat(failure).hasMessage("chat template tiny, line 4: 'dict object' has no attribute 'x'");
        assertThat(failure.kind()).isEqualTo(Kind.RUNTIME);
        assertThat(failure.line()).isEqualTo(4);
        assertThat(failure.template()).isEqualTo("tiny");
        assertThat(failure.errorType()).isEqualTo("UndefinedError");
    }

    @Test
    void namesTheLineOfASyntaxFault() {
        ChatTemplateException failure = failureOf("a\n\n{% if x %}\n{{ 1 2 }}");
        assertThat(failure)
                .hasMessage("chat template tiny, line 4: expected token 'end of print statement', got 'integer'");
        assertThat(failure.kind()).isEqualTo(Kind.SYNTAX);
    }

    @Test
    void givesWhatTheTemplateRaisesAsItsReason() {
        ChatTemplateException failure = failureOf(
                "{% for m in messages %}{% if m.role == 'system' %}\n{{ raise_exception('System role not supported') }}"
                        + "{% endif %}{% endfor %}");
        assertThat(failure.kind()).isEqualTo(Kind.RAISED);
        assertThat(failure.reason()).isEqualTo("System role not supported");
        assertThat(failure.line()).isEqualTo(2);
    }

    @Test
    void refusesTagsThatNeedOtherTemplates() {
        assertThat(failureOf("{% include 'x' %}").reason())
                .isEqualTo("the tag 'include' is not supported: a chat template stands alone");
    }

    @Test
    void readsContentPartsAsListsAndMissingContentAsNone() {
        ChatTemplate template = ChatTemplate.compile(
                "{% for m in messages %}{% if m.content is string %}{{ m.content }}{% elif m.content is none %}-"
                        + "{% else %}{% for p in m.content %}{{ p.type }}={{ p.text }};{% endfor %}{% endif %}{% endfor %}",
                "t");
        Json messages = Json.parse(
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\"}]},"
                        + "{\"role\":\"assistant\",\"content\":null},{\"role\":\"user\",\"content\":\"z\"}]",
                "messages");
        assertThat(template.render(messages.listOf(ChatMessage::of), TemplateContext.EMPTY))
                .isEqualTo("text=a;image=;-z");
    }
}
