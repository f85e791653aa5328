package samovar.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import samovar.json.Json;

/**
 * One message of a conversation, as templates see it: a role, a content and whatever else the caller sent (name,
 * tool_calls, tool_call_id, reasoning_content), in the caller's order. The content is a text, null (an assistant that
 * only calls tools), or a list of parts as OpenAI's API has them.
 *
 * <p>Immutable; may be shared between threads.
 */
public final class ChatMessage {
    private static final String ROLE = "role";
    private static final String CONTENT = "content";

    private final Map<String, Object> members;

    private ChatMessage(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    public static ChatMessage system(String text) {
        return of("system", text);
    }

    public static ChatMessage user(String text) {
        return of("user", text);
    }

    public static ChatMessage assistant(String text) {
        return of("assistant", text);
    }

    public static ChatMessage of(String role, String text) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(ROLE, Objects.requireNonNull(role, ROLE));
        members.put(CONTENT, Objects.requireNonNull(text, CONTENT));
        return new ChatMessage(members);
    }

    /**
     * Reads a message in OpenAI's form, keeping every member.
     *
     * @throws samovar.json.JsonException unless it is an object with a string role and, where there is one, a content
     *     that is a string, an array of objects, or null
     */
    public static ChatMessage of(Json json) {
        json.get(ROLE).asString();
        Json content = json.get(CONTENT);
        if (content.isArray()) {
            for (Json part : content.elements()) {
                part.get("type").asString();
            }
        } else if (!content.isNull()) {
            content.asString();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        for (String key : json.keys()) {
            members.put(key, json.get(key).raw());
        }
        return new ChatMessage(members);
    }

    /** The same message with one more member, or another value for one it has; plain values as {@link Json#raw()} gives. */
    public ChatMessage with(String member, Object value) {
        if (member.equals(ROLE) && !(value instanceof String)) {
            throw new IllegalArgumentException("role: expected a string, found " + value);
        }
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(member, value);
        return new ChatMessage(changed);
    }

    public String role() {
        return (String) members.get(ROLE);
    }

    /** The text: empty where the content is null or missing; of a list of parts, the text parts one after the other. */
    public String content() {
        Object content = members.get(CONTENT);
        if (content instanceof String text) {
            return text;
        }
        StringBuilder joined = new StringBuilder();
        for (Map<?, ?> part : parts()) {
            if (part.get("text") instanceof String text) {
                joined.append(text);
            }
        }
        return joined.toString();
    }

    /** The content's parts where it is a list of them, else an empty list. */
    public List<Map<?, ?>> parts() {
        List<Map<?, ?>> parts = new ArrayList<>();
        if (members.get(CONTENT) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> part) {
                    parts.add(part);
                }
            }
        }
        return Collections.unmodifiableList(parts);
    }

    /** Every member, in the caller's order, as plain values; unmodifiable. */
    public Map<String, Object> toMap() {
        return members;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChatMessage message && members.equals(message.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "ChatMessage" + members;
    }
}
