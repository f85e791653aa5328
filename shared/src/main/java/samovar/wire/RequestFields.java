package samovar.wire;

import java.util.ArrayList;
import java.util.List;
import samovar.json.Json;
import samovar.json.JsonWriter;

/**
 * The members of one request object, each read with its type checked. A fault is noted and the member then counts as not given,
 * so that one answer names all faults. A member that is null counts as not given too, as with OpenAI.
 */
final class RequestFields {
    private final Json request;
    private final List<ErrorBody> faults = new ArrayList<>();

    RequestFields(Json request) {
        this.request = request;
    }

    Json get(String name) {
        return request.get(name);
    }

    boolean isGiven(String name) {
        return !request.get(name).isNull();
    }

    void fault(String param, String code, String message) {
        faults.add(new ErrorBody(message, ErrorBody.INVALID_REQUEST, param, code));
    }

    void missing(String param) {
        fault(param, "missing_required_parameter", "Missing required parameter: '" + param + "'.");
    }

    void unsupported(String param, String allowed) {
        fault(param, "unsupported_value", "Unsupported value for '" + param + "': " + allowed);
    }

    void wrongType(String param, String expected, Json found) {
        fault(
                param,
                "invalid_type",
                "Invalid type for '" + param + "': expected " + expected + ", found " + shown(found));
    }

    Integer integer(String name) {
        Long value = longInteger(name);
        if (value == null) {
            return null;
        }
        if (value != value.intValue()) {
            fault(
                    name,
                    "invalid_value",
                    "Invalid '" + name + "': expected at " + (value > 0 ? "most 2147483647" : "least -2147483648")
                            + ", found " + value);
            return null;
        }
        return value.intValue();
    }

    Long longInteger(String name) {
        Json value = request.get(name);
        if (value.isNull()) {
            return null;
        }
        if (value.isInteger() || (value.isNumber() && isWhole(value.asDouble()))) {
            return value.asLong();
        }
        wrongType(name, "an integer", value);
        return null;
    }

    private static boolean isWhole(double value) {
        return value == Math.floor(value) && Math.abs(value) < 9e15;
    }

    Double number(String name) {
        Json value = request.get(name);
        if (value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return value.asDouble();
        }
        wrongType(name, "a number", value);
        return null;
    }

    Boolean bool(String name) {
        Json value = request.get(name);
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        wrongType(name, "true or false", value);
        return null;
    }

    /** A list of token ids, or null. */
    List<Integer> ids(String name) {
        return isGiven(name) ? ids(name, request.get(name)) : null;
    }

    List<Integer> ids(String param, Json list) {
        if (!list.isArray()) {
            wrongType(param, "an array of token ids", list);
            return null;
        }
        List<Integer> ids = new ArrayList<>();
        for (Json element : list.elements()) {
            if (!element.isInteger() || element.asLong() < 0 || element.asLong() > Integer.MAX_VALUE) {
                wrongType(param + "[" + ids.size() + "]", "a token id", element);
                return null;
            }
            ids.add(element.asInt());
        }
        return ids;
    }

    /**
     * @throws WireException if there are faults: the first one's field and code, the messages of all
     */
    void throwIfFaulty() {
        if (faults.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder();
        for (ErrorBody fault : faults) {
            message.append(message.isEmpty() ? "" : "\n").append(fault.message());
        }
        ErrorBody first = faults.get(0);
        throw new WireException(new ErrorBody(message.toString(), first.type(), first.param(), first.code()));
    }

    /** A value as it may stand in a message. */
    static String shown(Json value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "an array";
        }
        if (value.isString() && value.asString().length() > 60) {
            return "the string " + JsonWriter.write(value.asString().substring(0, 60) + "…");
        }
        return (value.isString() ? "the string " : "") + JsonWriter.write(value.raw());
    }
}
