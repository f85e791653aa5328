package samovar.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON value together with the place it came from, so that every fault can say where it lies.
 *
 * <p>{@code Json.parse("{\"a\":[1,\"x\"]}", "config.json").get("a").get(1).asInt()} fails with
 * {@code config.json: $.a[1]: expected an integer, found the string "x"}.
 *
 * <p>Immutable; may be shared between threads. A key that is missing gives an absent value, which only the
 * readers with a fallback accept.
 */
public final class Json {
    private static final Object ABSENT = new Object();

    private final Object raw;
    private final Json parent;
    private final String key;
    private final int index;

    private Json(Object raw, Json parent, String key, int index) {
        this.raw = raw;
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /**
     * Reads a whole JSON text.
     *
     * @param source the name of the text in errors, a file name for example
     * @throws JsonException if the text is not one JSON value, or is nested deeper than {@link JsonParser#MAX_DEPTH}
     */
    public static Json parse(String text, String source) {
        return new Json(JsonParser.parse(text, source), null, source, -1);
    }

    /** Wraps a tree of {@link Map}, {@link List}, {@link String}, {@link Number}, {@link Boolean} and null; not copied. */
    public static Json of(Object raw, String source) {
        return new Json(raw, null, source, -1);
    }

    /** The value as plain Java objects: Map in the order of the text, List, String, Long or Double, Boolean, null. Unmodifiable. */
    public Object raw() {
        return isPresent() ? raw : null;
    }

    public boolean isPresent() {
        return raw != ABSENT;
    }

    /** True for an absent value too. */
    public boolean isNull() {
        return raw == null || raw == ABSENT;
    }

    public boolean isObject() {
        return raw instanceof Map;
    }

    public boolean isArray() {
        return raw instanceof List;
    }

    public boolean isString() {
        return raw instanceof String;
    }

    public boolean isNumber() {
        return raw instanceof Number;
    }

    public boolean isInteger() {
        return raw instanceof Long;
    }

    public boolean isBoolean() {
        return raw instanceof Boolean;
    }

    /** The member of an object. Of an absent value, or where the key is missing: an absent value. */
    public Json get(String name) {
        if (isNull()) {
            return new Json(ABSENT, this, name, -1);
        }
        Map<String, Object> members = members();
        Object value = members.get(name);
        return new Json(value == null && !members.containsKey(name) ? ABSENT : value, this, name, -1);
    }

    public Json get(int position) {
        List<Object> list = list();
        Object value = position >= 0 && position < list.size() ? list.get(position) : ABSENT;
        return new Json(value, this, null, position);
    }

    /** Names of an object's members, in the order of the text. */
    public Set<String> keys() {
        return members().keySet();
    }

    /** Length of an array, or the number of an object's members. */
    public int size() {
        return isArray() ? list().size() : members().size();
    }

    /** The elements of an array, each with its path. */
    public List<Json> elements() {
        List<Object> list = list();
        List<Json> elements = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            elements.add(new Json(list.get(i), this, null, i));
        }
        return Collections.unmodifiableList(elements);
    }

    /** The elements of an array read one by one; an absent or null array gives an empty list. */
    public <T> List<T> listOf(Function<Json, T> reader) {
        if (isNull()) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (Json element : elements()) {
            values.add(reader.apply(element));
        }
        return Collections.unmodifiableList(values);
    }

    public String asString() {
        if (raw instanceof String text) {
            return text;
        }
        throw expected("a string");
    }

    public String asString(String fallback) {
        return isNull() ? fallback : asString();
    }

    public boolean asBoolean() {
        if (raw instanceof Boolean bool) {
            return bool;
        }
        throw expected("true or false");
    }

    public boolean asBoolean(boolean fallback) {
        return isNull() ? fallback : asBoolean();
    }

    /** An integer in int's range; 3.0 counts as the integer 3. */
    public int asInt() {
        long value = asLong();
        if (value != (int) value) {
            throw expected("an integer between -2147483648 and 2147483647");
        }
        return (int) value;
    }

    public int asInt(int fallback) {
        return isNull() ? fallback : asInt();
    }

    public long asLong() {
        if (raw instanceof Long whole) {
            return whole;
        }
        if (raw instanceof Double number && number == Math.rint(number) && Math.abs(number) < 9e15) {
            return number.longValue();
        }
        throw expected("an integer");
    }

    public long asLong(long fallback) {
        return isNull() ? fallback : asLong();
    }

    public double asDouble() {
        if (raw instanceof Number number) {
            return number.doubleValue();
        }
        throw expected("a number");
    }

    public double asDouble(double fallback) {
        return isNull() ? fallback : asDouble();
    }

    /** Where this value stands, as {@code source: $.key[index]}. */
    public String path() {
        StringBuilder steps = new StringBuilder();
        Json at = this;
        while (at.parent != null) {
            steps.insert(0, at.key != null ? "." + at.key : "[" + at.index + "]");
            at = at.parent;
        }
        return at.key + ": $" + steps;
    }

    /** A fault at this place, to be thrown by the caller. */
    public JsonException fault(String problem) {
        return new JsonException(path(), problem);
    }

    private JsonException expected(String what) {
        return fault("expected " + what + ", found " + describe());
    }

    private String describe() {
        if (raw == ABSENT) {
            return "nothing (the key is missing)";
        }
        if (raw instanceof Map) {
            return "an object";
        }
        if (raw instanceof List) {
            return "an array";
        }
        if (raw instanceof String text) {
            return "the string " + JsonWriter.write(text.length() > 60 ? text.substring(0, 60) + "…" : text);
        }
        return raw instanceof Double number ? Decimals.repr(number) : String.valueOf(raw);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> members() {
        if (raw instanceof Map) {
            return (Map<String, Object>) raw;
        }
        throw expected("an object");
    }

    @SuppressWarnings("unchecked")
    private List<Object> list() {
        if (raw instanceof List) {
            return (List<Object>) raw;
        }
        throw expected("an array");
    }

    @Override
    public String toString() {
        return path() + " = " + (isPresent() ? JsonWriter.write(raw) : "(absent)");
    }
}
