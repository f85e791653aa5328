package samovar.wire;

import java.util.ArrayList;
import java.util.List;
import samovar.chat.ChatMessage;
import samovar.json.Json;

/** Reads the messages of a request. Other members than role and content are the template's business and are kept. */
final class MessageReader {
    /** OpenAI renamed the system role for newer models; chat templates know it by its old name. */
    private static final String DEVELOPER = "developer";

    private static final List<String> ROLES = List.of("system", DEVELOPER, "user", "assistant", "tool");
    private static final List<String> PARTS = List.of("text", "image_url");

    private MessageReader() {}

    static List<ChatMessage> read(RequestFields fields) {
        Json messages = fields.get("messages");
        List<ChatMessage> read = new ArrayList<>();
        if (messages.isNull()) {
            fields.missing("messages");
        } else if (!messages.isArray()) {
            fields.wrongType("messages", "an array of messages", messages);
        } else if (messages.size() == 0) {
            fields.fault("messages", "empty_array", "Invalid 'messages': expected at least one message, found none");
        } else {
            for (Json message : messages.elements()) {
                String param = "messages[" + read.size() + "]";
                read.add(isSound(fields, message, param) ? ofSound(message) : ChatMessage.user(""));
            }
        }
        return read;
    }

    private static ChatMessage ofSound(Json message) {
        ChatMessage read = ChatMessage.of(message);
        return read.role().equals(DEVELOPER) ? read.with("role", "system") : read;
    }

    private static boolean isSound(RequestFields fields, Json message, String param) {
        if (!message.isObject()) {
            fields.wrongType(param, "an object with role and content", message);
            return false;
        }
        boolean role = hasRole(fields, message.get("role"), param + ".role");
        boolean content = hasContent(fields, message, param + ".content");
        return role && content;
    }

    private static boolean hasRole(RequestFields fields, Json role, String param) {
        if (role.isNull()) {
            fields.missing(param);
            return false;
        }
        if (!role.isString()) {
            fields.wrongType(param, "one of " + String.join(", ", ROLES), role);
            return false;
        }
        if (!ROLES.contains(role.asString())) {
            fields.fault(
                    param,
                    "invalid_value",
                    "Invalid '" + param + "': expected one of " + String.join(", ", ROLES) + ", found "
                            + RequestFields.shown(role));
            return false;
        }
        return true;
    }

    private static boolean hasContent(RequestFields fields, Json message, String param) {
        Json content = message.get("content");
        if (content.isString()) {
            return true;
        }
        if (content.isNull()) {
            boolean callsTools = message.get("tool_calls").isArray();
            if (!callsTools) {
                fields.missing(param);
            }
            return callsTools;
        }
        if (!content.isArray()) {
            fields.wrongType(param, "a string or an array of parts", content);
            return false;
        }
        boolean sound = true;
        int position = 0;
        for (Json part : content.elements()) {
            sound &= isPart(fields, part, param + "[" + position++ + "]");
        }
        return sound;
    }

    private static boolean isPart(RequestFields fields, Json part, String param) {
        if (!part.isObject()) {
            fields.wrongType(param, "an object with a type", part);
            return false;
        }
        Json type = part.get("type");
        if (!type.isString() || !PARTS.contains(type.asString())) {
            fields.fault(
                    param + ".type",
                    "invalid_value",
                    "Invalid '" + param + ".type': expected one of " + String.join(", ", PARTS) + ", found "
                            + RequestFields.shown(type));
            return false;
        }
        boolean isText = type.asString().equals("text");
        Json value = isText ? part.get("text") : part.get("image_url").get("url");
        if (!value.isString()) {
            fields.wrongType(param + (isText ? ".text" : ".image_url.url"), "a string", value);
            return false;
        }
        return true;
    }
}
