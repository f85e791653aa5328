package samovar.chat;

import samovar.tokenizer.UnicodeClasses;

/** Questions about single characters, answered the same on every side: Python's white space, digits, case and printability. */
final class Chars {
    private static final int UPPER = UnicodeClasses.maskOf("Lu");
    private static final int LOWER = UnicodeClasses.maskOf("Ll");
    private static final int TITLE = UnicodeClasses.maskOf("Lt");
    private static final int LETTER = UnicodeClasses.maskOf("L");
    private static final int NUMBER = UnicodeClasses.maskOf("N");
    private static final int DECIMAL = UnicodeClasses.maskOf("Nd");
    private static final int OTHER = UnicodeClasses.maskOf("C") | UnicodeClasses.maskOf("Z");

    private Chars() {}

    /** Python's str.isspace. */
    static boolean isSpace(int c) {
        if (c < 0x80) {
            return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
        }
        return c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** Whether str.splitlines ends a line here. */
    static boolean endsLine(char c) {
        return (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Value of an ASCII digit or letter in a radix, or -1. */
    static int digit(char c, int radix) {
        int value = -1;
        if (c >= '0' && c <= '9') {
            value = c - '0';
        } else if (c >= 'a' && c <= 'z') {
            value = c - 'a' + 10;
        } else if (c >= 'A' && c <= 'Z') {
            value = c - 'A' + 10;
        }
        return value < radix ? value : -1;
    }

    /** The number that a text of digits with an optional sign spells, or null where it is none or does not fit a long. */
    static Long parseLong(String text, int radix) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (at == text.length()) {
            return null;
        }
        long value = 0;
        long lowest = Long.MIN_VALUE / radix;
        for (; at < text.length(); at++) {
            int digit = digit(text.charAt(at), radix);
            if (digit < 0 || value < lowest || value * radix < Long.MIN_VALUE + digit) {
                return null;
            }
            value = value * radix - digit;
        }
        if (text.startsWith("-")) {
            return value;
        }
        return value == Long.MIN_VALUE ? null : Long.valueOf(-value);
    }

    /** Whether Python's repr shows a character as it is; what is not assigned yet is not shown. */
    static boolean isPrintable(int c) {
        if (c < 0x7f) {
            return c >= 0x20;
        }
        return !is(c, OTHER) && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean is(int c, int classes) {
        return (classes >> UnicodeClasses.of(c) & 1) != 0;
    }

    static boolean isUpper(int c) {
        return c < 0x80 ? c >= 'A' && c <= 'Z' : is(c, UPPER);
    }

    static boolean isLower(int c) {
        return c < 0x80 ? c >= 'a' && c <= 'z' : is(c, LOWER);
    }

    static boolean isTitle(int c) {
        return c >= 0x80 && is(c, TITLE);
    }

    static boolean isDecimal(int c) {
        return c < 0x80 ? c >= '0' && c <= '9' : is(c, DECIMAL);
    }

    static boolean isNumeric(int c) {
        return c < 0x80 ? c >= '0' && c <= '9' : is(c, NUMBER);
    }

    static boolean isLetter(int c) {
        return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : is(c, LETTER);
    }

    static boolean isCased(int c) {
        return isUpper(c) || isLower(c) || isTitle(c);
    }

    static void appendUpper(StringBuilder out, int c) {
        if (c == 0xdf) {
            out.append("SS");
        } else {
            out.appendCodePoint(Character.toUpperCase(c));
        }
    }

    static void appendTitle(StringBuilder out, int c) {
        if (c == 0xdf) {
            out.append("Ss");
        } else {
            out.appendCodePoint(Character.toTitleCase(c));
        }
    }

    static String upper(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            appendUpper(out, c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == 0x130) {
                out.append("i\u0307");
            } else if (c == 0x3a3) {
                out.append(endsWord(text, i) ? '\u03c2' : '\u03c3');
            } else {
                out.appendCodePoint(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    /** A capital sigma before this position is a final one: a letter stands before it and none after. */
    private static boolean endsWord(String text, int after) {
        return after >= 2
                && isCased(text.codePointBefore(after - 1))
                && (after == text.length() || !isCased(text.codePointAt(after)));
    }
}
