package samovar.chat;

import java.util.List;
import java.util.Map;
import samovar.json.Decimals;

/** Python's str and repr of every value. */
final class Repr {
    private static final int MAX_DEPTH = 200;

    private final StringBuilder out = new StringBuilder();

    private Repr() {}

    /** Python's repr. */
    static String of(Object value) {
        Repr repr = new Repr();
        repr.append(value, 0);
        return repr.out.toString();
    }

    static String quote(String text) {
        Repr repr = new Repr();
        repr.string(text);
        return repr.out.toString();
    }

    private void append(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw Comparison.tooDeep();
        }
        Rendering.checkText(out.length());
        if (value == null) {
            out.append("None");
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Boolean bool) {
            out.append(bool ? "True" : "False");
        } else if (value instanceof Number number) {
            out.append(
                    Numbers.isFloat(value) ? Decimals.repr(number.doubleValue()) : Long.toString(number.longValue()));
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Map<?, ?> dict) {
            dict(dict, depth);
        } else {
            other(value, depth);
        }
    }

    private void list(List<?> list, int depth) {
        if (list instanceof PyRange) {
            out.append(list);
        } else if (list instanceof PyTuple) {
            elements("(", list, list.size() == 1 ? ",)" : ")", depth);
        } else if (list instanceof DictView view) {
            elements(view.type() + "([", list, "])", depth);
        } else {
            elements("[", list, "]", depth);
        }
    }

    private void elements(String open, List<?> list, String close, int depth) {
        out.append(open);
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            append(element, depth + 1);
            separator = ", ";
        }
        out.append(close);
    }

    private void dict(Map<?, ?> dict, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            out.append(separator);
            append(entry.getKey(), depth + 1);
            out.append(": ");
            append(entry.getValue(), depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private void other(Object value, int depth) {
        if (value instanceof Undefined) {
            out.append("Undefined");
        } else if (value instanceof Namespace namespace) {
            out.append("<Namespace ");
            dict(namespace.attributes(), depth + 1);
            out.append('>');
        } else if (value instanceof Callable callable) {
            out.append(callable.printed());
        } else if (value instanceof PySlice slice) {
            elements("slice(", PyTuple.of(slice.start(), slice.stop(), slice.step()), ")", depth);
        } else {
            out.append('<').append(Types.name(value)).append(" object>");
        }
    }

    private void string(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            character(c, quote);
        }
        out.append(quote);
    }

    private void character(int c, char quote) {
        int simple = "\n\r\t\\".indexOf(c);
        if (simple >= 0) {
            out.append('\\').append("nrt\\".charAt(simple));
        } else if (c == quote) {
            out.append('\\').append(quote);
        } else if (Chars.isPrintable(c)) {
            out.appendCodePoint(c);
        } else if (c < 0x100) {
            hex('x', c, 2);
        } else if (c < 0x10000) {
            hex('u', c, 4);
        } else {
            hex('U', c, 8);
        }
    }

    private void hex(char mark, int c, int digits) {
        out.append('\\').append(mark);
        for (int i = digits - 1; i >= 0; i--) {
            out.append("0123456789abcdef".charAt((c >> (4 * i)) & 15));
        }
    }
}
