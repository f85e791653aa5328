package samovar.chat;

import samovar.json.DecimalReader;

/** Python's int(text, base) and float(text); null where the text is no number. */
final class NumberParsing {
    private NumberParsing() {}

    static Long integer(String text, int base) {
        String digits = stripped(text);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = base;
        String prefix = digits.length() > 1 && digits.charAt(0) == '0' ? Chars.lower(digits.substring(0, 2)) : "";
        int prefixed =
                switch (prefix) {
                    case "0x" -> 16;
                    case "0o" -> 8;
                    case "0b" -> 2;
                    default -> 0;
                };
        if (prefixed != 0 && (base == prefixed || base == 0)) {
            radix = prefixed;
            digits = digits.substring(digits.startsWith("_", 2) ? 3 : 2);
        } else if (base == 0) {
            radix = 10;
        }
        boolean signed = digits.startsWith("-") || digits.startsWith("+");
        if (radix < 2 || radix > 36 || signed || !underscoresPart(digits)) {
            return null;
        }
        return Chars.parseLong((negative ? "-" : "") + digits.replace("_", ""), radix);
    }

    private static boolean underscoresPart(String digits) {
        return !digits.isEmpty() && !digits.startsWith("_") && !digits.endsWith("_") && !digits.contains("__");
    }

    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Chars.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && Chars.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static Double real(String text) {
        String number = stripped(text);
        int at = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
        double sign = number.startsWith("-") ? -1 : 1;
        String word = Chars.lower(number.substring(at));
        if (word.equals("inf") || word.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (word.equals("nan")) {
            return Double.NaN;
        }
        int whole = digits(number, at);
        int fraction = number.startsWith(".", whole) ? digits(number, whole + 1) : whole;
        boolean some = whole > at || fraction > whole + 1;
        int end = fraction;
        if (some && end < number.length() && (number.charAt(end) == 'e' || number.charAt(end) == 'E')) {
            boolean signed = number.startsWith("+", end + 1) || number.startsWith("-", end + 1);
            int from = end + (signed ? 2 : 1);
            end = digits(number, from);
            some = end > from;
        }
        return some && end == number.length() ? (Double) DecimalReader.read(number.replace("_", "")) : null;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length()
                && (Chars.digit(text.charAt(at), 10) >= 0
                        || (text.charAt(at) == '_'
                                && at > from
                                && at + 1 < text.length()
                                && Chars.digit(text.charAt(at + 1), 10) >= 0))) {
            at++;
        }
        return at;
    }
}
