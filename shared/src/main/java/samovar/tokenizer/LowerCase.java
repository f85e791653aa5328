package samovar.tokenizer;

/** Lower case by code point from the pinned table: the platforms' own differ in Unicode version and in where they look at context. */
final class LowerCase {
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    /** Runs of first code point, count, step, distance. */
    private final int[] runs = CharSet.numbers(UnicodeData.LOWER_CASE);

    String apply(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (codePoint == CAPITAL_I_WITH_DOT) {
                out.append("i\u0307");
            } else {
                out.appendCodePoint(lower(codePoint));
            }
        }
        return out.toString();
    }

    private int lower(int codePoint) {
        if (codePoint < 128) {
            return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint;
        }
        for (int i = 0; i < runs.length && runs[i] <= codePoint; i += 4) {
            int offset = codePoint - runs[i];
            if (offset < runs[i + 1] * runs[i + 2] && offset % runs[i + 2] == 0) {
                return codePoint + runs[i + 3];
            }
        }
        return codePoint;
    }
}
