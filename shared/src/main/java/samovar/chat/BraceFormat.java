package samovar.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's str.format as the sandbox has it: fields by place or name, their attributes and items, conversions and layouts. */
final class BraceFormat {
    private static final int MAX_NESTING = 2;

    private final Rendering r;
    private final List<Object> values;
    private final Map<?, ?> named;
    private int automatic;
    private boolean manual;

    private BraceFormat(Rendering r, List<Object> values, Map<?, ?> named) {
        this.r = r;
        this.values = values;
        this.named = named;
    }

    static String format(Rendering r, String format, Arguments arguments) {
        Map<Object, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.names().size(); i++) {
            named.put(arguments.names().get(i), arguments.named().get(i));
        }
        return new BraceFormat(r, arguments.values(), named).run(format, 0);
    }

    static String formatMap(Rendering r, String format, Arguments arguments) {
        Object[] given = arguments.require(1, "format_map", "mapping");
        if (!(given[0] instanceof Map<?, ?> named)) {
            throw ChatTemplateException.typeError("format_map() argument must be a mapping");
        }
        return new BraceFormat(r, List.of(), named).run(format, 0);
    }

    private String run(String format, int nesting) {
        if (nesting == MAX_NESTING) {
            throw ChatTemplateException.valueError("Max string recursion exceeded");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            boolean doubled = at + 1 < format.length() && format.charAt(at + 1) == c;
            if (c == '{' && !doubled) {
                int end = fieldEnd(format, at + 1);
                out.append(field(format.substring(at + 1, end), nesting));
                at = end + 1;
            } else if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                at += 2;
            } else if (c == '}') {
                throw ChatTemplateException.valueError("Single '}' encountered in format string");
            } else {
                out.append(c);
                at++;
            }
            Rendering.checkText(out.length());
        }
        r.chargeText(out.length());
        return out.toString();
    }

    private static int fieldEnd(String format, int from) {
        int depth = 1;
        for (int at = from; at < format.length(); at++) {
            char c = format.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw ChatTemplateException.valueError(
                from == format.length()
                        ? "Single '{' encountered in format string"
                        : "expected '}' before end of string");
    }

    private String field(String field, int nesting) {
        r.charge(1);
        int colon = endOfName(field);
        String spec = colon < field.length() && field.charAt(colon) == ':' ? field.substring(colon + 1) : "";
        char conversion = 0;
        if (colon < field.length() && field.charAt(colon) == '!') {
            if (colon + 1 >= field.length()) {
                throw ChatTemplateException.valueError("end of string while looking for conversion specifier");
            }
            conversion = field.charAt(colon + 1);
            if (colon + 2 < field.length() && field.charAt(colon + 2) != ':') {
                throw ChatTemplateException.valueError("expected ':' after conversion specifier");
            }
            spec = colon + 3 <= field.length() ? field.substring(colon + 3) : "";
        }
        Object value = value(field.substring(0, colon));
        if (conversion != 0) {
            value = converted(value, conversion);
        }
        String layout = spec.indexOf('{') >= 0 ? run(spec, nesting + 1) : spec;
        return layout.isEmpty() ? r.text(value) : FormatSpec.parse(layout).apply(r, value);
    }

    private static int endOfName(String field) {
        boolean inBrackets = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            inBrackets = c == '[' || (inBrackets && c != ']');
            if (!inBrackets && (c == ':' || c == '!')) {
                return i;
            }
        }
        return field.length();
    }

    private Object converted(Object value, char conversion) {
        return switch (conversion) {
            case 's' -> r.text(value);
            case 'r', 'a' -> Repr.of(value);
            default -> throw ChatTemplateException.valueError("Unknown conversion specifier " + conversion);
        };
    }

    /** The value of {@code name.attribute[key]…}. */
    private Object value(String path) {
        int at = 0;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        Object value = first(path.substring(0, at));
        while (at < path.length()) {
            boolean item = path.charAt(at) == '[';
            int end = item ? path.indexOf(']', at) : at + 1;
            while (!item && end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                end++;
            }
            if (end < 0) {
                throw ChatTemplateException.valueError("Missing ']' in format string");
            }
            String key = path.substring(at + 1, end);
            if (key.isEmpty()) {
                throw ChatTemplateException.valueError("Empty attribute in format string");
            }
            Long index = item ? Chars.parseLong(key, 10) : null;
            value = item ? Lookup.item(r, value, index == null ? key : index) : Lookup.attribute(value, key);
            at = item ? end + 1 : end;
        }
        return value;
    }

    private Object first(String name) {
        Long index = name.isEmpty() ? Long.valueOf(automatic) : Chars.parseLong(name, 10);
        if (index == null) {
            Object value = Dicts.get(named, name);
            if (value == Scope.MISSING) {
                throw ChatTemplateException.runtime("KeyError", Repr.quote(name));
            }
            return value;
        }
        if (name.isEmpty() ? manual : automatic > 0) {
            throw ChatTemplateException.valueError(
                    "cannot switch from manual field specification to automatic field numbering");
        }
        automatic += name.isEmpty() ? 1 : 0;
        manual |= !name.isEmpty();
        if (index < 0 || index >= values.size()) {
            throw ChatTemplateException.runtime("IndexError", "tuple index out of range");
        }
        return values.get(index.intValue());
    }
}
