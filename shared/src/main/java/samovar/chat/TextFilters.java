package samovar.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import samovar.platform.Utf8Bytes;

/** The filters that make texts. */
final class TextFilters {
    private TextFilters() {}

    static void addTo(Map<String, Native> filters) {
        filters.put("upper", plain("upper", Chars::upper));
        filters.put("lower", plain("lower", Chars::lower));
        filters.put("capitalize", plain("capitalize", StringMethods::capitalize));
        filters.put("title", plain("title", TextFilters::title));
        filters.put("string", plain("string", text -> text));
        filters.put("safe", plain("safe", text -> text));
        filters.put("escape", plain("escape", TextFilters::escape));
        filters.put("e", plain("e", TextFilters::escape));
        filters.put("forceescape", plain("forceescape", TextFilters::escape));
        filters.put("trim", TextFilters::trim);
        filters.put("replace", TextFilters::replace);
        filters.put("indent", TextFilters::indent);
        filters.put("center", TextFilters::center);
        filters.put("truncate", TextFilters::truncate);
        filters.put("wordcount", plain("wordcount", TextFilters::words));
        filters.put("format", TextFilters::format);
        filters.put("urlencode", TextFilters::urlEncode);
    }

    private static Native plain(String name, Function<String, Object> change) {
        return (r, value, a) -> {
            a.bind(name);
            return change.apply(paid(r, value));
        };
    }

    private static String paid(Rendering r, Object value) {
        String text = r.text(value);
        r.chargeText(text.length());
        return text;
    }

    /** A capital after every blank, hyphen and opening bracket, small letters elsewhere. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean starts = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean parts = Chars.isSpace(c) || "-({[<".indexOf(c) >= 0;
            if (starts && !parts) {
                Chars.appendUpper(out, c);
            } else {
                out.appendCodePoint(Character.toLowerCase(c));
            }
            starts = parts;
        }
        return out.toString();
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\'' -> out.append("&#39;");
                case '"' -> out.append("&#34;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static Object trim(Rendering r, Object value, Arguments arguments) {
        Object characters = Arguments.or(arguments.bind("trim", "chars")[0], null);
        if (characters != null && !(characters instanceof String)) {
            throw ChatTemplateException.typeError("strip arg must be None or str");
        }
        return StringMethods.strip(r, r.text(value), (String) characters, true, true);
    }

    private static Object replace(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.require(2, "replace", "old", "new", "count");
        return StringMethods.replace(
                r, r.text(value), r.text(given[0]), r.text(given[1]), Arguments.or(given[2], null));
    }

    private static Object indent(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("indent", "width", "first", "blank");
        Object width = Arguments.or(given[0], 4L);
        String indention = width instanceof String text ? text : spaces(r, StringMethods.integer(width));
        boolean first = given[1] != Scope.MISSING && Types.isTrue(given[1]);
        boolean blank = given[2] != Scope.MISSING && Types.isTrue(given[2]);
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(value instanceof String text)) {
            throw ChatTemplateException.typeError(
                    "unsupported operand type(s) for +=: '" + Types.name(value) + "' and 'str'");
        }
        StringBuilder out = new StringBuilder(first ? indention : "");
        boolean start = true;
        for (Object line : Splitting.lines(text + "\n", false)) {
            boolean indents = !start && (blank || !((String) line).isEmpty());
            out.append(start ? "" : "\n").append(indents ? indention : "").append(line);
            r.chargeText(out.length() > 0 ? indention.length() : 0);
            Rendering.checkText(out.length());
            start = false;
        }
        r.chargeText(out.length());
        return out.toString();
    }

    private static String spaces(Rendering r, long count) {
        r.chargeText((double) Math.max(0, count));
        return " ".repeat((int) Math.max(0, count));
    }

    private static Object center(Rendering r, Object value, Arguments arguments) {
        Object width = Arguments.or(arguments.bind("center", "width")[0], 80L);
        return StringMethods.pad(r, r.text(value), StringMethods.integer(width), " ", "center");
    }

    private static Object truncate(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("truncate", "length", "killwords", "end", "leeway");
        long length = StringMethods.integer(Arguments.or(given[0], 255L));
        String end = r.text(Arguments.or(given[2], "..."));
        Object slack = Arguments.or(given[3], null);
        long leeway = slack == null ? 5 : StringMethods.integer(slack);
        int endLength = CodePoints.length(end);
        if (length < endLength) {
            throw ChatTemplateException.runtime(
                    "AssertionError", "expected length >= " + endLength + ", got " + length);
        }
        if (leeway < 0) {
            throw ChatTemplateException.runtime("AssertionError", "expected leeway >= 0, got " + leeway);
        }
        if (Types.length(value) <= length + leeway) {
            return value;
        }
        String text = r.text(value);
        String kept = CodePoints.substring(text, 0, (int) length - endLength);
        boolean killWords = given[1] != Scope.MISSING && Types.isTrue(given[1]);
        int blank = kept.lastIndexOf(' ');
        return (killWords || blank < 0 ? kept : kept.substring(0, blank)) + end;
    }

    private static Object words(String text) {
        long words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean part = Chars.isLetter(c) || Chars.isNumeric(c) || c == '_';
            words += part && !inWord ? 1 : 0;
            inWord = part;
        }
        return words;
    }

    private static Object format(Rendering r, Object value, Arguments arguments) {
        if (arguments.count() > 0 && !arguments.names().isEmpty()) {
            throw ChatTemplateException.runtime(
                    "FilterArgumentError", "can't handle positional and keyword arguments at the same time");
        }
        Object given = arguments.names().isEmpty() ? PyTuple.copyOf(arguments.values()) : Globals.named(arguments);
        return Printf.format(r, r.text(value), given);
    }

    private static Object urlEncode(Rendering r, Object value, Arguments arguments) {
        if (value instanceof String || !Iterables.isIterable(value)) {
            return quoted(paid(r, value), false);
        }
        List<?> pairs = value instanceof Map<?, ?> dict ? DictView.items(dict) : Iterables.sequence(value);
        List<String> parts = new ArrayList<>();
        for (Object pair : pairs) {
            List<?> both = Iterables.sequence(pair);
            if (both.size() != 2) {
                throw ChatTemplateException.valueError(
                        both.size() > 2
                                ? "too many values to unpack (expected 2)"
                                : "not enough values to unpack (expected 2, got " + both.size() + ")");
            }
            parts.add(quoted(paid(r, both.get(0)), true) + "=" + quoted(paid(r, both.get(1)), true));
        }
        return String.join("&", parts);
    }

    private static String quoted(String text, boolean query) {
        StringBuilder out = new StringBuilder();
        for (byte b : Utf8Bytes.of(text)) {
            char c = (char) (b & 0xff);
            if (c < 0x80
                    && (Chars.isLetter(c) || Chars.isNumeric(c) || "_.-~".indexOf(c) >= 0 || (c == '/' && !query))) {
                out.append(c);
            } else if (c == ' ' && query) {
                out.append('+');
            } else {
                out.append('%').append("0123456789ABCDEF".charAt(c >> 4)).append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return out.toString();
    }
}
