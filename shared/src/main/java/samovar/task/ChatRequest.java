package samovar.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.generate.GenerationSettings;

/**
 * One turn asked of a {@link ChatBackend}. Immutable.
 *
 * @param model the repository's id, {@code org/name}
 * @param messages the whole conversation so far, the newest last; at least one
 * @param tools function descriptions in OpenAI's form for the template; may be empty
 * @param templateExtras further variables for the template, {@code enable_thinking} for example; plain values as JSON has
 *     them
 */
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        GenerationSettings settings,
        List<Map<String, Object>> tools,
        Map<String, Object> templateExtras) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        templateExtras = Collections.unmodifiableMap(new LinkedHashMap<>(templateExtras));
        if (messages.isEmpty()) {
            throw new TaskException(
                    TaskException.Kind.INVALID_REQUEST,
                    "messages: the conversation is empty",
                    "Send at least one message.");
        }
    }

    public ChatRequest(String model, List<ChatMessage> messages, GenerationSettings settings) {
        this(model, messages, settings, List.of(), Map.of());
    }
}
