package samovar.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import samovar.json.Decimals;

/**
 * Python's json.dumps, as transformers' tojson filter calls it: {@code ", "} and {@code ": "} between, everything that is
 * not ASCII left as it is, no escaping for HTML.
 */
final class JsonText {
    private static final int MAX_DEPTH = 200;

    private final Rendering r;
    private final StringBuilder out = new StringBuilder();
    private final boolean ascii;
    /** What one level is indented by, or null for one line. */
    private final String indent;

    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sortKeys;

    private JsonText(Rendering r, boolean ascii, String indent, String item, String key, boolean sortKeys) {
        this.r = r;
        this.ascii = ascii;
        this.indent = indent;
        this.itemSeparator = item;
        this.keySeparator = key;
        this.sortKeys = sortKeys;
    }

    /** The filter: {@code tojson(ensure_ascii=False, indent=None, separators=None, sort_keys=False)}. */
    static String filter(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        boolean ascii = given[0] != Scope.MISSING && Types.isTrue(given[0]);
        Object indent = Arguments.or(given[1], null);
        String item = indent == null ? ", " : ",";
        String key = ": ";
        if (given[2] instanceof List<?> pair && pair.size() == 2) {
            item = r.text(pair.get(0));
            key = r.text(pair.get(1));
        } else if (given[2] != Scope.MISSING && given[2] != null) {
            throw ChatTemplateException.typeError(
                    "tojson: separators is a pair of strings, not " + Types.name(given[2]));
        }
        boolean sort = given[3] != Scope.MISSING && Types.isTrue(given[3]);
        JsonText json = new JsonText(r, ascii, indentation(indent), item, key, sort);
        json.value(value, 0);
        return json.out.toString();
    }

    private static String indentation(Object indent) {
        if (indent == null || indent instanceof String) {
            return (String) indent;
        }
        long width = StringMethods.integer(indent);
        return " ".repeat((int) Math.max(0, Math.min(width, 1000)));
    }

    private void value(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw Comparison.tooDeep();
        }
        r.charge(1);
        Rendering.checkText(out.length());
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Map<?, ?> dict) {
            object(dict, depth);
        } else if (Types.isListOrTuple(value)) {
            array((List<?>) value, depth);
        } else if (value == null || Numbers.isNumber(value)) {
            out.append(scalar(value));
        } else {
            throw ChatTemplateException.typeError("Object of type " + Types.name(value) + " is not JSON serializable");
        }
    }

    private static String scalar(Object value) {
        if (value == null) {
            return "null";
        }
        if (!Numbers.isFloat(value)) {
            return value.toString();
        }
        double number = ((Number) value).doubleValue();
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : Decimals.repr(number);
    }

    private void array(List<?> elements, int depth) {
        out.append('[');
        boolean first = true;
        for (Object element : elements) {
            startItem(first, depth + 1);
            value(element, depth + 1);
            first = false;
        }
        end(first, depth);
        out.append(']');
    }

    private void object(Map<?, ?> dict, int depth) {
        List<Sorting.Keyed> entries = new ArrayList<>(dict.size());
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            entries.add(new Sorting.Keyed(entry.getKey(), entry.getValue()));
        }
        if (sortKeys) {
            entries = Sorting.sorted(r, entries, false);
        }
        out.append('{');
        boolean first = true;
        for (Sorting.Keyed entry : entries) {
            startItem(first, depth + 1);
            string(key(entry.key()));
            out.append(keySeparator);
            value(entry.element(), depth + 1);
            first = false;
        }
        end(first, depth);
        out.append('}');
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key == null || Numbers.isNumber(key)) {
            return scalar(key);
        }
        throw ChatTemplateException.typeError("keys must be str, int, float, bool or None, not " + Types.name(key));
    }

    private void startItem(boolean first, int depth) {
        if (!first) {
            out.append(itemSeparator);
        }
        newLine(depth);
    }

    private void end(boolean empty, int depth) {
        if (!empty) {
            newLine(depth);
        }
    }

    private void newLine(int depth) {
        if (indent != null) {
            r.chargeText(indent.length() * (double) depth);
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void string(String text) {
        r.chargeText(text.length());
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int simple = "\"\\\n\r\t\b\f".indexOf(c);
            if (simple >= 0) {
                out.append('\\').append("\"\\nrtbf".charAt(simple));
            } else if (c < 0x20 || (ascii && c > 0x7e)) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append("0123456789abcdef".charAt((c >> shift) & 15));
        }
    }
}
