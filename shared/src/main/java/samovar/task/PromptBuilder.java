package samovar.task;

import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.chat.ChatTemplate;
import samovar.chat.ChatTemplateException;
import samovar.chat.TemplateContext;
import samovar.tokenizer.Tokenizer;

/** Makes a conversation the token ids that the model was trained on: the chat template's text, tokenized. */
final class PromptBuilder {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final WallClock clock;

    PromptBuilder(Tokenizer tokenizer, ChatTemplate template, WallClock clock) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.clock = clock;
    }

    /**
     * The prompt, the opening of the assistant's turn included. The template writes the special tokens, so the tokenizer adds
     * none.
     *
     * @throws TaskException CHAT_TEMPLATE if the template refuses these messages or fails on them
     */
    int[] promptIds(List<ChatMessage> messages, List<Map<String, Object>> tools, Map<String, Object> extras) {
        TemplateContext context = TemplateContext.EMPTY
                .withGenerationPrompt(true)
                .withTools(tools.isEmpty() ? null : tools)
                .withSpecialTokens(tokenizer.specialTokens())
                .withExtra(extras)
                .withMoment(clock.now());
        try {
            return tokenizer.encode(template.render(messages, context), false);
        } catch (ChatTemplateException e) {
            String next = e.kind() == ChatTemplateException.Kind.RAISED
                    ? "The model's chat template says what it allows; change the messages' roles or order."
                    : "Check the roles and contents of the messages.";
            throw new TaskException(TaskException.Kind.CHAT_TEMPLATE, "messages: " + e.getMessage(), next, e);
        }
    }
}
