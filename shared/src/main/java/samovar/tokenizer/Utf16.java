package samovar.tokenizer;

/** Steps through code points of a char array; a lone surrogate is a code point of its own. */
final class Utf16 {
    private Utf16() {}

    static int pair(char high, char low) {
        return ((high - 0xD800) << 10) + (low - 0xDC00) + 0x10000;
    }

    static boolean isHigh(char c) {
        return (c & 0xFC00) == 0xD800;
    }

    static boolean isLow(char c) {
        return (c & 0xFC00) == 0xDC00;
    }

    static int codePointAt(char[] text, int at, int end) {
        char c = text[at];
        return isHigh(c) && at + 1 < end && isLow(text[at + 1]) ? pair(c, text[at + 1]) : c;
    }

    /** Chars of the code point at a place, 1 or 2. */
    static int widthAt(char[] text, int at, int end) {
        return isHigh(text[at]) && at + 1 < end && isLow(text[at + 1]) ? 2 : 1;
    }

    /** Chars of the code point before a place, 1 or 2. */
    static int widthBefore(char[] text, int at, int from) {
        return isLow(text[at - 1]) && at - 2 >= from && isHigh(text[at - 2]) ? 2 : 1;
    }
}
