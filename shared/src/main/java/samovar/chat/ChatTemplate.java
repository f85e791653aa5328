package samovar.chat;

import java.util.List;

/**
 * A compiled chat template. Compile once, render many times; immutable, may be shared between threads.
 *
 * <pre>{@code
 * ChatTemplate template = ChatTemplate.compile(config.get("chat_template").asString(), "SmolLM2");
 * String prompt = template.render(List.of(ChatMessage.user("Hi")), TemplateContext.EMPTY.withGenerationPrompt(true));
 * }</pre>
 */
public final class ChatTemplate {
    private final String name;

    private ChatTemplate(String name) {
        this.name = name;
    }

    /**
     * Reads a template's source.
     *
     * @param name what errors call it, a model's id for example
     * @throws ChatTemplateException of kind SYNTAX
     */
    public static ChatTemplate compile(String source, String name) {
        if (source.isEmpty()) {
            throw ChatTemplateException.syntax("the template is empty", 1).at(name, 1);
        }
        return new ChatTemplate(name);
    }

    /**
     * The prompt's text.
     *
     * @throws ChatTemplateException of kind RUNTIME, RAISED or BUDGET
     */
    public String render(List<ChatMessage> messages, TemplateContext context) {
        if (messages.isEmpty()) {
            return "";
        }
        throw ChatTemplateException.runtime("NotImplementedError", "the interpreter is not built yet")
                .at(name, 1);
    }
}
