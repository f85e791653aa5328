package samovar.chat;

import samovar.json.DecimalReader;

/** A number in a template's source: where it ends and what it means. Underscores may part digits, as in Python. */
final class NumberText {
    private final String source;
    private final int start;
    private final int end;
    private final int radix;
    private final boolean isFloat;

    private NumberText(String source, int start, int end, int radix, boolean isFloat) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.radix = radix;
        this.isFloat = isFloat;
    }

    /** Reads the number whose first digit stands at {@code start}. */
    static NumberText at(String source, int start) {
        int whole = digits(source, start, 10);
        boolean afterDot = start > 0 && source.charAt(start - 1) == '.';
        if (!afterDot) {
            int fraction = charAt(source, whole) == '.' ? digits(source, whole + 1, 10) : whole;
            int mantissa = fraction > whole + 1 ? fraction : whole;
            int exponent = exponentEnd(source, mantissa);
            if (exponent > mantissa || mantissa > whole) {
                return new NumberText(source, start, Math.max(exponent, mantissa), 10, true);
            }
        }
        if (source.charAt(start) != '0') {
            return new NumberText(source, start, whole, 10, false);
        }
        int radix =
                switch (charAt(source, start + 1)) {
                    case 'b', 'B' -> 2;
                    case 'o', 'O' -> 8;
                    case 'x', 'X' -> 16;
                    default -> 10;
                };
        if (radix != 10) {
            int from = charAt(source, start + 2) == '_' ? start + 3 : start + 2;
            int to = digits(source, from, radix);
            if (to > from) {
                return new NumberText(source, start, to, radix, false);
            }
        }
        int zeros = start + 1;
        while (charAt(source, zeros) == '0' || (charAt(source, zeros) == '_' && charAt(source, zeros + 1) == '0')) {
            zeros++;
        }
        return new NumberText(source, start, zeros, 10, false);
    }

    private static int exponentEnd(String source, int at) {
        if (charAt(source, at) != 'e' && charAt(source, at) != 'E') {
            return at;
        }
        int from = charAt(source, at + 1) == '+' || charAt(source, at + 1) == '-' ? at + 2 : at + 1;
        int to = digits(source, from, 10);
        return to > from ? to : at;
    }

    private static char charAt(String source, int at) {
        return at < source.length() ? source.charAt(at) : 0;
    }

    private static int digits(String source, int from, int radix) {
        int at = from;
        while (Chars.digit(charAt(source, at), radix) >= 0
                || (at > from && charAt(source, at) == '_' && Chars.digit(charAt(source, at + 1), radix) >= 0)) {
            at++;
        }
        return at;
    }

    boolean isFloat() {
        return isFloat;
    }

    int end() {
        return end;
    }

    Object value(int line) {
        String text = source.substring(radix == 10 ? start : start + 2, end).replace("_", "");
        if (isFloat) {
            return DecimalReader.read(text);
        }
        Long value = Chars.parseLong(text, radix);
        if (value == null) {
            throw ChatTemplateException.syntax("the integer " + text + " does not fit 64 bits", line);
        }
        return value;
    }
}
