package samovar.task;

/** What Python's {@code str.strip}, {@code \s} and {@code encode("ascii", "ignore")} do, which the reference reads answers with. */
final class PythonText {
    private PythonText() {}

    static boolean isSpace(char c) {
        return (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    static String strip(String text) {
        int from = firstNonSpace(text);
        int to = text.length();
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The text's length where all of it is white space. */
    static int firstNonSpace(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return from;
    }

    static String onlyAscii(String text) {
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x80) {
                ascii.append(text.charAt(i));
            }
        }
        return ascii.toString();
    }
}
