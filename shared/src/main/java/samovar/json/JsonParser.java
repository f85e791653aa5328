package samovar.json;

import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Drives nanojson's pull reader, so that depth is limited before the stack is. */
final class JsonParser {
    static final int MAX_DEPTH = 200;

    private final JsonReader reader;
    private final String source;

    private JsonParser(JsonReader reader, String source) {
        this.reader = reader;
        this.source = source;
    }

    static Object parse(String text, String source) {
        if (text.isBlank()) {
            throw new JsonException(source, "expected JSON, found an empty text");
        }
        try {
            // nanojson's reader stops after the first value; wrapping in an array makes it read to the end of the text.
            JsonReader reader = JsonReader.from("[" + text + "\n]");
            reader.array();
            if (!reader.next()) {
                throw new JsonException(source, "expected JSON, found nothing");
            }
            Object value = new JsonParser(reader, source).value(0);
            if (reader.next()) {
                throw new JsonException(source, "expected one JSON value, found more text after it");
            }
            return value;
        } catch (JsonParserException e) {
            throw new JsonException(
                    source + " line " + e.getLinePosition() + ", column " + e.getCharPosition(), e.getMessage());
        }
    }

    private Object value(int depth) throws JsonParserException {
        if (depth > MAX_DEPTH) {
            throw new JsonException(source, "nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (reader.current()) {
            case OBJECT -> object(depth);
            case ARRAY -> array(depth);
            case STRING -> reader.string();
            case NUMBER -> number(reader.number());
            case BOOLEAN -> reader.bool();
            case NULL -> nothing();
        };
    }

    private Object nothing() throws JsonParserException {
        reader.nul();
        return null;
    }

    private Map<String, Object> object(int depth) throws JsonParserException {
        Map<String, Object> members = new LinkedHashMap<>();
        reader.object();
        while (reader.next()) {
            members.put(reader.key(), value(depth + 1));
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array(int depth) throws JsonParserException {
        List<Object> elements = new ArrayList<>();
        reader.array();
        while (reader.next()) {
            elements.add(value(depth + 1));
        }
        return Collections.unmodifiableList(elements);
    }

    /** nanojson reads numbers lazily and rounds long integers, so the text decides: digits alone are a Long where they fit. */
    private static Number number(Number read) {
        String text = read.toString();
        boolean whole = text.length() < 19;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            whole &= c == '-' || (c >= '0' && c <= '9');
        }
        if (whole) {
            return Long.valueOf(text);
        }
        return read.doubleValue();
    }
}
