package samovar.chat;

/** Python's escapes in string literals, but for named characters. An unknown escape keeps its backslash. */
final class StringEscapes {
    private StringEscapes() {}

    static String resolve(String text, int line) {
        int slash = text.indexOf('\\');
        if (slash < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (slash >= 0) {
            out.append(text, at, slash);
            at = escape(text, slash + 1, line, out);
            slash = text.indexOf('\\', at);
        }
        return out.append(text, at, text.length()).toString();
    }

    private static int escape(String text, int at, int line, StringBuilder out) {
        char c = text.charAt(at);
        int simple = "abfnrtv\\'\"".indexOf(c);
        if (simple >= 0) {
            out.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
            return at + 1;
        }
        return switch (c) {
            case '\n' -> at + 1;
            case 'x' -> hex(text, at, 2, line, out);
            case 'u' -> hex(text, at, 4, line, out);
            case 'U' -> hex(text, at, 8, line, out);
            case 'N' ->
                throw ChatTemplateException.syntax("named characters (\\N{…}) are not read; write \\uXXXX", line);
            default -> c >= '0' && c <= '7' ? octal(text, at, out) : keep(c, at, out);
        };
    }

    private static int keep(char c, int at, StringBuilder out) {
        out.append('\\').append(c);
        return at + 1;
    }

    private static int octal(String text, int from, StringBuilder out) {
        int value = 0;
        int at = from;
        while (at < text.length() && at < from + 3 && Chars.digit(text.charAt(at), 8) >= 0) {
            value = value * 8 + Chars.digit(text.charAt(at), 8);
            at++;
        }
        out.append((char) value);
        return at;
    }

    private static int hex(String text, int at, int count, int line, StringBuilder out) {
        long value = 0;
        for (int i = 1; i <= count; i++) {
            int digit = at + i < text.length() ? Chars.digit(text.charAt(at + i), 16) : -1;
            if (digit < 0) {
                String form = "\\" + text.charAt(at) + "X".repeat(count);
                throw ChatTemplateException.syntax("truncated " + form + " escape", line);
            }
            value = value * 16 + digit;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw ChatTemplateException.syntax("illegal Unicode character", line);
        }
        out.appendCodePoint((int) value);
        return at + count + 1;
    }
}
