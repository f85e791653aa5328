package samovar.json;

import java.util.Arrays;

/**
 * Reads JSON (RFC 8259, nothing beside it) by recursive descent over the text's characters. Strings without escapes are cut out of
 * the text in one piece; a {@code tokenizer.json} is eleven million characters of them.
 */
final class JsonParser {
    static final int MAX_DEPTH = 200;

    /** Digits that fit an int whatever they are. */
    private static final int SHORT_DIGITS = 9;

    /** V8 cuts longer pieces as views, which would keep the whole text in memory. */
    private static final int MAX_CUT = 12;

    private final String source;
    private final String text;
    /** The text and a NUL, which no rule allows, so that nothing has to look for the end. */
    private final char[] chars;

    private int at;
    /** Elements of the arrays and objects that are open, the innermost last. */
    private Object[] stack = new Object[64];

    private int height;

    private JsonParser(String text, String source) {
        this.text = text;
        this.source = source;
        chars = new char[text.length() + 1];
        text.getChars(0, text.length(), chars, 0);
    }

    static Object parse(String text, String source) {
        JsonParser parser = new JsonParser(text, source);
        parser.skipSpace();
        if (parser.at == text.length()) {
            throw new JsonException(source, "expected JSON, found an empty text");
        }
        Object value = parser.value(0);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.expected("one JSON value and nothing after it");
        }
        return value;
    }

    private Object value(int depth) {
        return switch (chars[at]) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw expected("a value");
        };
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        return value;
    }

    private JsonArray array(int depth) {
        open(depth);
        int from = height;
        if (chars[at] != ']') {
            do {
                skipSpace();
                push(value(depth));
            } while (goesOn(']', "\",\" or \"]\""));
        }
        at++;
        Object[] elements = Arrays.copyOfRange(stack, from, height);
        height = from;
        return new JsonArray(elements);
    }

    private Object object(int depth) {
        open(depth);
        int from = height;
        if (chars[at] != '}') {
            do {
                skipSpace();
                member(depth);
            } while (goesOn('}', "\",\" or \"}\""));
        }
        at++;
        Object[] members = Arrays.copyOfRange(stack, from, height);
        height = from;
        return JsonObject.of(members);
    }

    private void member(int depth) {
        if (chars[at] != '"') {
            throw expected("a name in double quotes");
        }
        push(string());
        skipSpace();
        if (chars[at] != ':') {
            throw expected("\":\"");
        }
        at++;
        skipSpace();
        push(value(depth));
    }

    /** Steps over the bracket to what follows it. */
    private void open(int depth) {
        if (depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH + " levels");
        }
        at++;
        skipSpace();
    }

    /** Steps over a comma, or up to the end of the array or object. */
    private boolean goesOn(char end, String allowed) {
        skipSpace();
        if (chars[at] == ',') {
            at++;
            return true;
        }
        if (chars[at] != end) {
            throw expected(allowed);
        }
        return false;
    }

    private void push(Object value) {
        if (height == stack.length) {
            stack = Arrays.copyOf(stack, height * 2);
        }
        stack[height++] = value;
    }

    private void skipSpace() {
        char c = chars[at];
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = chars[++at];
        }
    }

    private String string() {
        int from = ++at;
        skipPlain();
        if (chars[at] == '"') {
            String whole = cut(from, at);
            at++;
            return whole;
        }
        StringBuilder out = new StringBuilder();
        while (chars[at] == '\\') {
            out.append(chars, from, at - from).append(escape());
            from = at;
            skipPlain();
        }
        if (chars[at] != '"') {
            throw expected("the double quote that ends a string");
        }
        out.append(chars, from, at - from);
        at++;
        return out.toString();
    }

    /** Up to a quote, a backslash or a character that a string may not hold. */
    private void skipPlain() {
        int i = at;
        char c = chars[i];
        while (c >= ' ' && c != '"' && c != '\\') {
            c = chars[++i];
        }
        at = i;
    }

    private String cut(int from, int to) {
        return to - from > MAX_CUT ? new String(chars, from, to - from) : text.substring(from, to);
    }

    /** The character that an escape stands for; surrogates come and go one by one. */
    private char escape() {
        char c = chars[++at];
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (c != 'u') {
            throw expected("one of \"\\/bfnrtu after a backslash");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            at++;
            code = code << 4 | hexDigit();
        }
        at++;
        return (char) code;
    }

    private int hexDigit() {
        char c = chars[at];
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        if (letter >= 'a' && letter <= 'f') {
            return letter - 'a' + 10;
        }
        throw expected("four hexadecimal digits after \\u");
    }

    private Number number() {
        int from = at;
        if (chars[at] == '-') {
            at++;
        }
        if (chars[at] == '0') {
            at++;
        } else {
            digits();
        }
        int whole = at;
        if (chars[at] == '.') {
            at++;
            digits();
        }
        if (chars[at] == 'e' || chars[at] == 'E') {
            at++;
            if (chars[at] == '+' || chars[at] == '-') {
                at++;
            }
            digits();
        }
        Long integer = at == whole ? integer(from) : null;
        if (integer != null) {
            return integer;
        }
        double value = DecimalReader.read(text.substring(from, at));
        if (Double.isInfinite(value)) {
            at = from;
            throw fault("a number larger than a double can be");
        }
        return value;
    }

    private void digits() {
        if (!isDigit(chars[at])) {
            throw expected("a digit");
        }
        while (isDigit(chars[at])) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Null where it does not fit a long. */
    private Long integer(int from) {
        boolean negative = chars[from] == '-';
        int first = negative ? from + 1 : from;
        if (at - first <= SHORT_DIGITS) {
            int value = 0;
            for (int i = first; i < at; i++) {
                value = value * 10 + (chars[i] - '0');
            }
            return (long) (negative ? -value : value);
        }
        // Below zero there is one number more than above.
        long value = 0;
        for (int i = first; i < at; i++) {
            int digit = chars[i] - '0';
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return null;
            }
            value = value * 10 - digit;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? null : Long.valueOf(-value);
    }

    private JsonException expected(String what) {
        return fault("expected " + what + ", found " + found());
    }

    private String found() {
        if (at == text.length()) {
            return "the end of the text";
        }
        char c = chars[at];
        if (c > ' ' && c < 0x7f) {
            return String.valueOf(c);
        }
        StringBuilder code = new StringBuilder("U+");
        for (int shift = 12; shift >= 0; shift -= 4) {
            code.append("0123456789ABCDEF".charAt(c >> shift & 15));
        }
        return code.toString();
    }

    private JsonException fault(String problem) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            if (chars[i] == '\n' || (chars[i] == '\r' && chars[i + 1] != '\n')) {
                line++;
                start = i + 1;
            }
        }
        return new JsonException(source + " line " + line + ", column " + (at - start + 1), problem);
    }
}
