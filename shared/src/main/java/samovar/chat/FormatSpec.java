package samovar.chat;

import samovar.json.Decimals;

/**
 * How one value is laid out: the part after the colon of {@code {:>10.2f}}, or a conversion of the % operator.
 *
 * @param fill what pads, one character
 * @param align {@code <}, {@code >}, {@code ^}, {@code =}, or 0 for the type's own
 * @param sign {@code +}, {@code -} or a space
 * @param grouping {@code ,} or {@code _} between thousands, or 0
 * @param precision -1 where none is given
 * @param type the letter at the end, or 0
 */
record FormatSpec(
        String fill, char align, char sign, boolean alternate, int width, char grouping, int precision, char type) {
    private static final int MAX_WIDTH = 1_000_000;
    private static final int MAX_PRECISION = 400;

    static FormatSpec parse(String text) {
        int at = 0;
        String fill = " ";
        char align = 0;
        int second = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
        if (second < text.length() && "<>=^".indexOf(text.charAt(second)) >= 0 && second > 0) {
            fill = text.substring(0, second);
            align = text.charAt(second);
            at = second + 1;
        } else if (!text.isEmpty() && "<>=^".indexOf(text.charAt(0)) >= 0) {
            align = text.charAt(0);
            at = 1;
        }
        char sign = '-';
        if (at < text.length() && "+- ".indexOf(text.charAt(at)) >= 0) {
            sign = text.charAt(at++);
        }
        boolean alternate = at < text.length() && text.charAt(at) == '#';
        at += alternate ? 1 : 0;
        if (at < text.length() && text.charAt(at) == '0') {
            fill = align == 0 ? "0" : fill;
            align = align == 0 ? '=' : align;
            at++;
        }
        int widthEnd = digits(text, at);
        int width = number(text, at, widthEnd, MAX_WIDTH);
        at = widthEnd;
        char grouping = 0;
        if (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == '_')) {
            grouping = text.charAt(at++);
        }
        int precision = -1;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            if (end == at + 1) {
                throw ChatTemplateException.valueError("Format specifier missing precision");
            }
            precision = number(text, at + 1, end, MAX_WIDTH);
            at = end;
        }
        if (text.length() - at > 1) {
            throw ChatTemplateException.valueError("Invalid format specifier");
        }
        char type = at < text.length() ? text.charAt(at) : 0;
        return new FormatSpec(fill, align, sign, alternate, width, grouping, precision, type);
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && Chars.digit(text.charAt(at), 10) >= 0) {
            at++;
        }
        return at;
    }

    private static int number(String text, int from, int to, int limit) {
        if (from == to) {
            return 0;
        }
        Long value = Chars.parseLong(text.substring(from, to), 10);
        if (value == null || value > limit) {
            throw ChatTemplateException.budget("a format asks for more than " + limit + " characters");
        }
        return value.intValue();
    }

    String apply(Rendering r, Object value) {
        if (Numbers.isNumber(value)) {
            return number(r, value);
        }
        if (!(value instanceof String text)) {
            return other(r, value);
        }
        if (type != 0 && type != 's') {
            throw ChatTemplateException.valueError(
                    "Unknown format code '" + type + "' for object of type '" + Types.name(value) + "'");
        }
        int length = CodePoints.length(text);
        String shown = precision >= 0 && precision < length ? CodePoints.substring(text, 0, precision) : text;
        if (align == '=') {
            if (!fill.equals("0")) {
                throw ChatTemplateException.valueError("'=' alignment not allowed in string format specifier");
            }
            return new FormatSpec(fill, '<', sign, alternate, width, grouping, precision, type).fit(r, "", shown, '<');
        }
        return fit(r, "", shown, '<');
    }

    private String other(Rendering r, Object value) {
        boolean plain = equals(parse(""));
        if (!plain) {
            throw ChatTemplateException.typeError(
                    "unsupported format string passed to " + Types.name(value) + ".__format__");
        }
        return r.text(value);
    }

    private String number(Rendering r, Object value) {
        boolean negative = Numbers.isFloat(value)
                ? Numbers.real(value) < 0 || (Numbers.real(value) == 0 && 1 / Numbers.real(value) < 0)
                : Numbers.integer(value) < 0;
        String prefix = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
        String digits =
                switch (type) {
                    case 'd', 'x', 'X', 'o', 'b', 'c', 'n' -> integerDigits(value);
                    case 'e', 'E', 'f', 'F', 'g', 'G', '%' -> realDigits(Math.abs(Numbers.real(value)));
                    case 0 -> Numbers.isFloat(value) ? realDigits(Math.abs(Numbers.real(value))) : integerDigits(value);
                    default ->
                        throw ChatTemplateException.valueError(
                                "Unknown format code '" + type + "' for object of type '" + Types.name(value) + "'");
                };
        if (alternate && "xXob".indexOf(type) >= 0 && type != 0) {
            prefix += "0" + type;
        }
        return fit(r, prefix, grouping == 0 ? digits : grouped(digits), '>');
    }

    private String integerDigits(Object value) {
        if (Numbers.isFloat(value)) {
            throw ChatTemplateException.valueError("Unknown format code '" + type + "' for object of type 'float'");
        }
        long number = Numbers.integer(value);
        if (type == 'c') {
            return new String(Character.toChars((int) Math.max(0, Math.min(number, Character.MAX_CODE_POINT))));
        }
        int radix = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
        String digits = Long.toString(number, radix);
        digits = digits.startsWith("-") ? digits.substring(1) : digits;
        return type == 'X' ? Chars.upper(digits) : digits;
    }

    private String realDigits(double size) {
        if (Double.isNaN(size) || Double.isInfinite(size)) {
            String word = Double.isNaN(size) ? "nan" : "inf";
            return (type == 'E' || type == 'F' || type == 'G' ? Chars.upper(word) : word) + (type == '%' ? "%" : "");
        }
        if (type == 0 && precision < 0) {
            return Decimals.repr(size);
        }
        int places = precision < 0 ? 6 : precision;
        if (places > MAX_PRECISION) {
            throw ChatTemplateException.budget("a format asks for more than " + MAX_PRECISION + " digits");
        }
        return switch (type) {
            case 'f', 'F' -> Decimals.fixed(size, places);
            case '%' -> Decimals.fixed(size * 100, places) + "%";
            case 'e', 'E' -> Decimals.exponential(Decimals.significant(size, places + 1), type);
            default -> general(size, Math.max(places, 1));
        };
    }

    private String general(double size, int digits) {
        Decimals.Digits rounded = Decimals.significant(size, digits);
        int exponent = size == 0 ? 0 : rounded.point() - 1;
        Decimals.Digits shown = alternate ? rounded : Decimals.trimmed(rounded);
        // Without a letter Python keeps one digit after the point, and so turns to exponents one digit earlier.
        int limit = type == 0 ? digits - 1 : digits;
        if (exponent < -4 || exponent >= limit) {
            return Decimals.exponential(shown, type == 'G' ? 'E' : 'e');
        }
        int places = Math.max(type == 0 ? 1 : 0, shown.text().length() - shown.point());
        return Decimals.fixed(size, size == 0 && type != 0 ? 0 : places);
    }

    private String grouped(String digits) {
        int end = 0;
        while (end < digits.length() && Chars.digit(digits.charAt(end), 16) >= 0) {
            end++;
        }
        int size = type == 'x' || type == 'X' || type == 'o' || type == 'b' ? 4 : 3;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < end; i++) {
            if (i > 0 && (end - i) % size == 0) {
                out.append(grouping);
            }
            out.append(digits.charAt(i));
        }
        return out.append(digits, end, digits.length()).toString();
    }

    /** Pads to the width, between the sign and the digits where the alignment is {@code =}. */
    private String fit(Rendering r, String prefix, String text, char own) {
        int missing = width - prefix.length() - CodePoints.length(text);
        if (missing <= 0) {
            return prefix + text;
        }
        r.chargeText(width);
        char side = align == 0 ? own : align;
        return switch (side) {
            case '<' -> prefix + text + fill.repeat(missing);
            case '=' -> prefix + fill.repeat(missing) + text;
            case '^' -> fill.repeat(missing / 2) + prefix + text + fill.repeat(missing - missing / 2);
            default -> fill.repeat(missing) + prefix + text;
        };
    }
}
