package samovar.tokenizer;

import java.util.Arrays;

/** A set of code points: a table for ASCII; beyond it Unicode classes, with single ranges put in or taken out. Immutable. */
final class CharSet {
    static final CharSet SPACE = ofClasses(UnicodeClasses.SPACE);
    static final CharSet NUMERIC = ofClasses(UnicodeClasses.NUMERIC);

    /** {@code \w} of Rust's regular expressions, which unlike Oniguruma's takes the joiners too. */
    static final CharSet WORD = of(UnicodeClasses.WORD, wordRanges(), false);

    static final CharSet NEITHER_WORD_NOR_SPACE = of(UnicodeClasses.WORD | UnicodeClasses.SPACE, wordRanges(), true);

    /** What the Punctuation pre-tokenizer separates: ASCII punctuation and symbols, and P as an older Unicode had it. */
    static final CharSet PUNCTUATION = new CharSet(
            UnicodeClasses.maskOf("P"),
            numbers(UnicodeData.PUNCTUATION_EXTRA),
            numbers(UnicodeData.PUNCTUATION_MISSING),
            false,
            asciiPunctuation());

    private final boolean[] ascii;
    private final int mask;
    private final int[] added;
    private final int[] removed;
    private final boolean negated;
    /** Kept here because reading a static field costs a check for its class's initialization in JavaScript. */
    private final byte[][] classes = UnicodeClasses.table();

    private CharSet(int mask, int[] added, int[] removed, boolean negated, boolean[] ascii) {
        this.mask = mask;
        this.added = added;
        this.removed = removed;
        this.negated = negated;
        this.ascii = ascii;
    }

    static CharSet ofClasses(int mask) {
        return of(mask, new int[0], false);
    }

    static CharSet ofCodePoint(int codePoint) {
        return of(0, new int[] {codePoint, codePoint}, false);
    }

    /**
     * Makes a set of classes and ranges.
     *
     * @param mask bits of Unicode classes
     * @param ranges first and last code points, inclusive, beside the classes
     * @param negated whether the set is all that is in neither
     */
    static CharSet of(int mask, int[] ranges, boolean negated) {
        boolean[] ascii = new boolean[128];
        for (int c = 0; c < 128; c++) {
            ascii[c] = (((mask >>> UnicodeClasses.of(c)) & 1) != 0 || within(ranges, c)) != negated;
        }
        int[] beyond = new int[ranges.length];
        int length = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i + 1] >= 128) {
                beyond[length++] = ranges[i];
                beyond[length++] = ranges[i + 1];
            }
        }
        return new CharSet(mask, Arrays.copyOf(beyond, length), new int[0], negated, ascii);
    }

    boolean contains(int codePoint) {
        if (codePoint < 128) {
            return ascii[codePoint];
        }
        boolean inside = ((mask >>> classes[codePoint >> 8][codePoint & 255]) & 1) != 0;
        if (added.length > 0 && !inside) {
            inside = within(added, codePoint);
        }
        if (removed.length > 0 && inside) {
            inside = !within(removed, codePoint);
        }
        return inside != negated;
    }

    /** How many chars the code point at a place takes if it is in the set, else 0; 0 at the end too. */
    int step(char[] text, int at, int end) {
        if (at >= end) {
            return 0;
        }
        char c = text[at];
        if (c < 128) {
            return ascii[c] ? 1 : 0;
        }
        if (Utf16.isHigh(c) && at + 1 < end && Utf16.isLow(text[at + 1])) {
            return contains(Utf16.pair(c, text[at + 1])) ? 2 : 0;
        }
        return contains(c) ? 1 : 0;
    }

    /** Whether an ASCII character is in the set. */
    boolean containsAscii(int c) {
        return ascii[c];
    }

    /** Classes beyond ASCII of which at least one member may be in the set; never too few. */
    int possibleClasses() {
        if (negated) {
            return removed.length > 0 ? UnicodeClasses.ALL : ~mask;
        }
        return added.length > 0 ? UnicodeClasses.ALL : mask;
    }

    private static boolean within(int[] ranges, int codePoint) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (codePoint >= ranges[i] && codePoint <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static int[] wordRanges() {
        return numbers(UnicodeData.WORD_EXTRA + " 8204 8205");
    }

    private static boolean[] asciiPunctuation() {
        boolean[] ascii = new boolean[128];
        for (int c = '!'; c <= '~'; c++) {
            ascii[c] = UnicodeClasses.of(c) > UnicodeClasses.LAST_NUMBER;
        }
        return ascii;
    }

    /** Numbers of a constant of {@link UnicodeData}. */
    static int[] numbers(String text) {
        int[] numbers = new int[text.length() / 2 + 1];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            numbers[count++] = Integer.parseInt(text.substring(at, end));
            at = end + 1;
        }
        return Arrays.copyOf(numbers, count);
    }
}
