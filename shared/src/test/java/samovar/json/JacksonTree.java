package samovar.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text as Jackson understands it, in the plain values that {@link Json#raw} gives. */
final class JacksonTree {
    private static final JsonFactory JACKSON = new JsonFactory();

    private JacksonTree() {}

    /** The value and its text, or nothing for a text that is refused. */
    static List<Object> outcome(String text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return List.of();
            }
            Object value = value(parser);
            return parser.nextToken() == null ? Arrays.asList(value, String.valueOf(value)) : List.of();
        } catch (JsonProcessingException refused) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            BigInteger whole = parser.getBigIntegerValue();
            return whole.bitLength() < 64
                    ? (Object) whole.longValueExact()
                    : (Object) finite(parser, whole.doubleValue());
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return finite(parser, parser.getDoubleValue());
        }
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        return token == JsonToken.VALUE_NULL ? null : (Object) parser.getBooleanValue();
    }

    /** Jackson gives infinity for what is too large; here it is a fault like others. */
    private static double finite(JsonParser parser, double value) throws JsonProcessingException {
        if (Double.isInfinite(value)) {
            throw new JsonParseException(parser, "too large");
        }
        return value;
    }
}
