package samovar.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a template is given besides the messages. Built from {@link #EMPTY} by its {@code with} methods; immutable.
 *
 * @param addGenerationPrompt whether the text ends with the opening of the assistant's turn
 * @param tools function descriptions in OpenAI's form, or null for none
 * @param specialTokens bos_token, eos_token and the like by name; a value may be null
 * @param extra further variables (enable_thinking, documents); plain values as JSON has them; they win over all others
 * @param moment what strftime_now answers with, or null: then a template that asks for it fails
 */
public record TemplateContext(
        boolean addGenerationPrompt,
        List<Map<String, Object>> tools,
        Map<String, String> specialTokens,
        Map<String, Object> extra,
        TemplateMoment moment) {
    public static final TemplateContext EMPTY = new TemplateContext(false, null, Map.of(), Map.of(), null);

    public TemplateContext {
        tools = tools == null ? null : List.copyOf(tools);
        specialTokens = Collections.unmodifiableMap(new LinkedHashMap<>(specialTokens));
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    public TemplateContext withGenerationPrompt(boolean add) {
        return new TemplateContext(add, tools, specialTokens, extra, moment);
    }

    public TemplateContext withTools(List<Map<String, Object>> functions) {
        return new TemplateContext(addGenerationPrompt, functions, specialTokens, extra, moment);
    }

    public TemplateContext withSpecialTokens(Map<String, String> tokens) {
        return new TemplateContext(addGenerationPrompt, tools, tokens, extra, moment);
    }

    public TemplateContext withExtra(Map<String, Object> variables) {
        return new TemplateContext(addGenerationPrompt, tools, specialTokens, variables, moment);
    }

    public TemplateContext withMoment(TemplateMoment now) {
        return new TemplateContext(addGenerationPrompt, tools, specialTokens, extra, Objects.requireNonNull(now));
    }
}
