package samovar.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The methods of Python's str; encode, translate and their like, which leave texts, are not among them. */
final class StringMethods {
    private static final Map<String, Native> ALL = new HashMap<>();

    static {
        plain("upper", Chars::upper);
        plain("lower", Chars::lower);
        plain("casefold", text -> Chars.lower(text).replace("\u00df", "ss"));
        plain("capitalize", StringMethods::capitalize);
        plain("title", StringMethods::title);
        plain("swapcase", StringMethods::swapCase);
        ALL.put("strip", (r, self, a) -> strip(r, (String) self, a, "strip", true, true));
        ALL.put("lstrip", (r, self, a) -> strip(r, (String) self, a, "lstrip", true, false));
        ALL.put("rstrip", (r, self, a) -> strip(r, (String) self, a, "rstrip", false, true));
        ALL.put("removeprefix", (r, self, a) -> removePrefix((String) self, a));
        ALL.put("removesuffix", (r, self, a) -> removeSuffix((String) self, a));
        ALL.put("startswith", (r, self, a) -> edge((String) self, a, true));
        ALL.put("endswith", (r, self, a) -> edge((String) self, a, false));
        ALL.put("split", (r, self, a) -> Splitting.split(r, paid(r, self), a));
        ALL.put("rsplit", (r, self, a) -> Splitting.rsplit(r, paid(r, self), a));
        ALL.put("splitlines", (r, self, a) -> Splitting.lines(paid(r, self), a));
        ALL.put("partition", (r, self, a) -> Splitting.partition(r, paid(r, self), a, false));
        ALL.put("rpartition", (r, self, a) -> Splitting.partition(r, paid(r, self), a, true));
        ALL.put("join", (r, self, a) -> join(r, (String) self, a));
        ALL.put("replace", (r, self, a) -> replace(r, (String) self, a));
        ALL.put("find", (r, self, a) -> find(r, (String) self, a, "find", false));
        ALL.put("rfind", (r, self, a) -> find(r, (String) self, a, "rfind", true));
        ALL.put("index", (r, self, a) -> found(find(r, (String) self, a, "index", false)));
        ALL.put("rindex", (r, self, a) -> found(find(r, (String) self, a, "rindex", true)));
        ALL.put("count", (r, self, a) -> count(r, (String) self, a));
        ALL.put("zfill", (r, self, a) -> zeroFill(r, (String) self, a));
        ALL.put("center", (r, self, a) -> pad(r, (String) self, a, "center"));
        ALL.put("ljust", (r, self, a) -> pad(r, (String) self, a, "ljust"));
        ALL.put("rjust", (r, self, a) -> pad(r, (String) self, a, "rjust"));
        ALL.put("expandtabs", (r, self, a) -> expandTabs(r, (String) self, a));
        ALL.put("format", (r, self, a) -> BraceFormat.format(r, (String) self, a));
        ALL.put("format_map", (r, self, a) -> BraceFormat.formatMap(r, (String) self, a));
        CharacterTests.addTo(ALL);
    }

    private StringMethods() {}

    /** The method of that name, or null. */
    static Native find(String name) {
        return ALL.get(name);
    }

    private static void plain(String name, UnaryOperator<String> change) {
        ALL.put(name, (r, self, a) -> {
            a.positional("str", name, 0, 0);
            return change.apply(paid(r, self));
        });
    }

    private static String paid(Rendering r, Object self) {
        String text = (String) self;
        r.chargeText(text.length());
        return text;
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        StringBuilder out = new StringBuilder(text.length());
        Chars.appendTitle(out, first);
        return out.append(Chars.lower(text.substring(Character.charCount(first))))
                .toString();
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (inWord) {
                out.appendCodePoint(Character.toLowerCase(c));
            } else {
                Chars.appendTitle(out, c);
            }
            inWord = Chars.isCased(c);
        }
        return out.toString();
    }

    private static String swapCase(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Chars.isLower(c)) {
                Chars.appendUpper(out, c);
            } else {
                out.appendCodePoint(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    private static String strip(Rendering r, String text, Arguments a, String name, boolean left, boolean right) {
        Object characters = Arguments.or(a.positional("str", name, 0, 1)[0], null);
        if (characters != null && !(characters instanceof String)) {
            throw ChatTemplateException.typeError(name + " arg must be None or str");
        }
        return strip(r, text, (String) characters, left, right);
    }

    /** @param characters what to take off, or null for white space */
    static String strip(Rendering r, String text, String characters, boolean left, boolean right) {
        r.chargeText(text.length());
        if (characters != null) {
            r.chargeSearch(text, characters);
        }
        int start = 0;
        int end = text.length();
        while (left && start < end && strips(text.codePointAt(start), characters)) {
            start = text.offsetByCodePoints(start, 1);
        }
        while (right && end > start && strips(text.codePointBefore(end), characters)) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(start, end);
    }

    private static boolean strips(int c, String characters) {
        return characters == null ? Chars.isSpace(c) : characters.indexOf(c) >= 0;
    }

    private static String text(Object value, String message) {
        if (value instanceof String text) {
            return text;
        }
        throw ChatTemplateException.typeError(message + Types.name(value));
    }

    private static String removePrefix(String text, Arguments a) {
        String prefix = text(a.positional("str", "removeprefix", 1, 1)[0], "removeprefix() argument must be str, not ");
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removeSuffix(String text, Arguments a) {
        String suffix = text(a.positional("str", "removesuffix", 1, 1)[0], "removesuffix() argument must be str, not ");
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Object edge(String text, Arguments a, boolean start) {
        String name = start ? "startswith" : "endswith";
        Object[] given = a.positional("str", name, 1, 3);
        TextRange range = TextRange.of(text, given[1], given[2]);
        List<?> edges = given[0] instanceof PyTuple tuple ? tuple : List.of(orNone(given[0]));
        for (Object edge : edges) {
            if (!(edge instanceof String part)) {
                String found = Types.name(given[0] instanceof PyTuple ? edge : given[0]);
                throw ChatTemplateException.typeError(
                        given[0] instanceof PyTuple
                                ? "tuple for " + name + " must only contain str, not " + found
                                : name + " first arg must be str or a tuple of str, not " + found);
            }
            boolean fits = range.valid() && part.length() <= range.to() - range.from();
            int at = start ? range.from() : range.to() - part.length();
            if (fits && text.startsWith(part, at)) {
                return true;
            }
        }
        return false;
    }

    /** A list cannot hold null. */
    private static Object orNone(Object value) {
        return value == null ? Scope.MISSING : value;
    }

    static String join(Rendering r, String separator, Arguments a) {
        Object elements = a.positional("str", "join", 1, 1)[0];
        if (!Iterables.isIterable(elements)) {
            throw ChatTemplateException.typeError("can only join an iterable");
        }
        StringBuilder joined = new StringBuilder();
        int index = 0;
        for (Object element : Iterables.list(r, elements)) {
            if (!(element instanceof String text)) {
                throw ChatTemplateException.typeError(
                        "sequence item " + index + ": expected str instance, " + Types.name(element) + " found");
            }
            joined.append(index++ == 0 ? "" : separator).append(text);
            Rendering.checkText(joined.length());
        }
        r.chargeText(joined.length());
        return joined.toString();
    }

    private static String replace(Rendering r, String text, Arguments a) {
        Object[] given = a.positional("str", "replace", 2, 3);
        String old = text(given[0], "replace() argument 1 must be str, not ");
        String replacement = text(given[1], "replace() argument 2 must be str, not ");
        return replace(r, text, old, replacement, Arguments.or(given[2], null));
    }

    /** @param times how often at most; null or a negative number for always */
    static String replace(Rendering r, String text, String old, String replacement, Object times) {
        long limit = times == null ? -1 : integer(times);
        if (limit < 0) {
            limit = Long.MAX_VALUE;
        }
        r.chargeSearch(text, old);
        StringBuilder out = new StringBuilder();
        int from = 0;
        int at = text.indexOf(old);
        while (at >= 0 && limit-- > 0) {
            out.append(text, from, at).append(replacement);
            r.chargeText(out.length() > 0 ? replacement.length() : 0);
            Rendering.checkText(out.length());
            from = at + old.length();
            if (old.isEmpty()) {
                if (at >= text.length()) {
                    break;
                }
                int next = text.offsetByCodePoints(at, 1);
                out.append(text, at, next);
                from = next;
                at = next;
            } else {
                at = text.indexOf(old, from);
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    static long integer(Object value) {
        Long number = Numbers.asIndex(value);
        if (number == null) {
            throw ChatTemplateException.typeError(
                    "'" + Types.name(value) + "' object cannot be interpreted as an integer");
        }
        return number;
    }

    private static Object find(Rendering r, String text, Arguments a, String name, boolean last) {
        Object[] given = a.positional("str", name, 1, 3);
        String part = text(given[0], "must be str, not ");
        TextRange range = TextRange.of(text, given[1], given[2]);
        r.chargeSearch(text, part);
        if (!range.valid()) {
            return -1L;
        }
        int at = last ? text.lastIndexOf(part, range.to() - part.length()) : text.indexOf(part, range.from());
        boolean inside = at >= range.from() && at + part.length() <= range.to();
        return inside ? (long) CodePoints.index(text, at) : -1L;
    }

    private static Object found(Object index) {
        if (index.equals(-1L)) {
            throw ChatTemplateException.valueError("substring not found");
        }
        return index;
    }

    private static Object count(Rendering r, String text, Arguments a) {
        Object[] given = a.positional("str", "count", 1, 3);
        String part = text(given[0], "must be str, not ");
        TextRange range = TextRange.of(text, given[1], given[2]);
        r.chargeSearch(text, part);
        if (!range.valid()) {
            return 0L;
        }
        String inside = text.substring(range.from(), range.to());
        if (part.isEmpty()) {
            return (long) CodePoints.length(inside) + 1;
        }
        long count = 0;
        for (int at = inside.indexOf(part); at >= 0; at = inside.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static String zeroFill(Rendering r, String text, Arguments a) {
        long missing = integer(a.positional("str", "zfill", 1, 1)[0]) - CodePoints.length(text);
        r.chargeText((double) Math.max(missing, 0));
        if (missing <= 0) {
            return text;
        }
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat((int) missing) + text.substring(sign);
    }

    private static String pad(Rendering r, String text, Arguments a, String name) {
        Object[] given = a.positional("str", name, 1, 2);
        String fill = text(Arguments.or(given[1], " "), "The fill character must be a unicode character, not ");
        if (CodePoints.length(fill) != 1) {
            throw ChatTemplateException.typeError("The fill character must be exactly one character long");
        }
        return pad(r, text, integer(given[0]), fill, name);
    }

    static String pad(Rendering r, String text, long width, String fill, String name) {
        long missing = width - CodePoints.length(text);
        r.chargeText(Math.max(missing, 0) + (double) text.length());
        if (missing <= 0) {
            return text;
        }
        int left =
                switch (name) {
                    case "ljust" -> 0;
                    case "rjust" -> (int) missing;
                    default -> (int) (missing / 2 + (missing & width & 1));
                };
        return fill.repeat(left) + text + fill.repeat((int) missing - left);
    }

    private static String expandTabs(Rendering r, String text, Arguments a) {
        long size = integer(Arguments.or(a.bind("expandtabs", "tabsize")[0], 8L));
        StringBuilder out = new StringBuilder();
        long column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                long spaces = size > 0 ? size - column % size : 0;
                r.chargeText(out.length() + (double) spaces);
                out.append(" ".repeat((int) spaces));
                column += spaces;
            } else {
                out.append(c);
                boolean starts = c == '\n' || c == '\r';
                column = starts ? 0 : column + (Character.isLowSurrogate(c) ? 0 : 1);
            }
        }
        return out.toString();
    }
}
