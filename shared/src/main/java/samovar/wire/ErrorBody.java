package samovar.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;
import samovar.task.TaskException;

/**
 * An error as OpenAI's API writes it: {@code {"error":{"message":…,"type":…,"param":…,"code":…}}}.
 *
 * @param message for a person: what was asked, what is allowed, what to try
 * @param type the class of the error, {@link #INVALID_REQUEST} for example
 * @param param the field of the request at fault, {@code messages[1].role} for example; null where no single one is
 * @param code for a program, {@code model_not_found} for example; null where there is none
 */
public record ErrorBody(String message, String type, String param, String code) {
    public static final String INVALID_REQUEST = "invalid_request_error";
    public static final String PERMISSION = "permission_error";
    public static final String AUTHENTICATION = "authentication_error";
    public static final String UNAVAILABLE = "service_unavailable_error";
    public static final String SERVER = "server_error";

    public ErrorBody {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(type, "type");
    }

    public static ErrorBody invalid(String param, String message) {
        return new ErrorBody(message, INVALID_REQUEST, param, null);
    }

    /** What a task's failure looks like to a client: OpenAI's code where it has one, else the kind's own label. */
    public static ErrorBody of(TaskException failure) {
        String code =
                switch (failure.kind()) {
                    case PROMPT_TOO_LONG -> "context_length_exceeded";
                    case UNKNOWN_MODEL -> "model_not_found";
                    case INVALID_REQUEST,
                            CHAT_TEMPLATE,
                            NO_CHAT_TEMPLATE,
                            GATED_MODEL,
                            HUB_UNAVAILABLE,
                            UNSUPPORTED_MODEL,
                            PLAN,
                            LOAD,
                            RUN,
                            BUSY,
                            BACKEND_LOST,
                            CLOSED -> failure.kind().label();
                };
        return switch (failure.kind()) {
            case PROMPT_TOO_LONG, CHAT_TEMPLATE ->
                new ErrorBody(failure.getMessage(), INVALID_REQUEST, "messages", code);
            case UNKNOWN_MODEL, UNSUPPORTED_MODEL, NO_CHAT_TEMPLATE ->
                new ErrorBody(failure.getMessage(), INVALID_REQUEST, "model", code);
            case GATED_MODEL -> new ErrorBody(failure.getMessage(), PERMISSION, "model", code);
            case PLAN -> new ErrorBody(failure.getMessage(), INVALID_REQUEST, "dtype", code);
            case INVALID_REQUEST -> new ErrorBody(failure.getMessage(), INVALID_REQUEST, null, code);
            case BUSY, BACKEND_LOST, HUB_UNAVAILABLE, CLOSED ->
                new ErrorBody(failure.getMessage(), UNAVAILABLE, null, code);
            case LOAD, RUN -> new ErrorBody(failure.getMessage(), SERVER, null, code);
        };
    }

    /** Reads an answer's body; empty where it has no {@code error}, whatever else it is. */
    public static Optional<ErrorBody> find(Json body) {
        Json error = body.isObject() ? body.get("error") : Json.of(null, "error");
        if (error.isString()) {
            return Optional.of(new ErrorBody(error.asString(), SERVER, null, null));
        }
        if (!error.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new ErrorBody(
                text(error.get("message"), "the server gave no message"),
                text(error.get("type"), SERVER),
                text(error.get("param"), null),
                text(error.get("code"), null)));
    }

    /** The same for text that may not be JSON at all, such as a proxy's page. */
    public static Optional<ErrorBody> find(String body) {
        try {
            return find(Json.parse(body, "answer"));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static String text(Json value, String fallback) {
        if (value.isNull()) {
            return fallback;
        }
        return value.isString() ? value.asString() : JsonWriter.write(value.raw());
    }

    public Map<String, Object> toMap() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        return body;
    }

    public String toJson() {
        return JsonWriter.write(toMap());
    }
}
