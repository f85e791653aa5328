package samovar.chat;

import java.util.List;
import java.util.Map;

/** Python's {@code text % values}: %s, %r, %d, %f and their like, with flags, width, precision and names. */
final class Printf {
    private final Rendering r;
    private final String format;
    private final Object given;
    private final List<?> values;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    private Printf(Rendering r, String format, Object given) {
        this.r = r;
        this.format = format;
        this.given = given;
        this.values = given instanceof PyTuple tuple ? tuple : PyTuple.of(given);
    }

    static String format(Rendering r, String format, Object given) {
        Printf printf = new Printf(r, format, given);
        printf.run();
        // Python takes whatever can be indexed for a mapping, whose values need not all be used.
        boolean mapping = given instanceof Map
                || given instanceof Undefined
                || (given instanceof List && !(given instanceof PyTuple) && !(given instanceof DictView));
        if (printf.used < printf.values.size() && !mapping) {
            throw ChatTemplateException.typeError("not all arguments converted during string formatting");
        }
        return printf.out.toString();
    }

    private void run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            conversion();
            r.charge(1);
            Rendering.checkText(out.length());
        }
        out.append(format, at, format.length());
        r.chargeText(out.length());
    }

    private char next() {
        if (at == format.length()) {
            throw ChatTemplateException.valueError("incomplete format");
        }
        return format.charAt(at++);
    }

    private void conversion() {
        char c = next();
        Object value = Scope.MISSING;
        if (c == '(') {
            value = byName();
            c = next();
        }
        String flags = "";
        while ("-+ #0".indexOf(c) >= 0) {
            flags += c;
            c = next();
        }
        StringBuilder width = new StringBuilder();
        c = count(c, width);
        if (width.toString().startsWith("-")) {
            flags += '-';
            width.deleteCharAt(0);
        }
        StringBuilder precision = new StringBuilder();
        if (c == '.') {
            c = count(next(), precision);
            precision.insert(0, precision.length() == 0 ? ".0" : ".");
        }
        while (c == 'l' || c == 'h' || c == 'L') {
            c = next();
        }
        if (c == '%') {
            out.append('%');
            return;
        }
        if ("srad".indexOf(c) < 0 && "iuoxXeEfFgGc".indexOf(c) < 0) {
            throw ChatTemplateException.valueError(
                    "unsupported format character '" + c + "' (0x" + Integer.toHexString(c) + ") at index " + (at - 1));
        }
        if (value == Scope.MISSING) {
            value = nextValue();
        }
        out.append(converted(value, c, flags, width.toString(), precision.toString()));
    }

    private Object byName() {
        int depth = 1;
        int start = at;
        while (depth > 0) {
            if (at == format.length()) {
                throw ChatTemplateException.valueError("incomplete format key");
            }
            char c = format.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        if (!(given instanceof Map<?, ?> dict)) {
            throw ChatTemplateException.typeError("format requires a mapping");
        }
        String name = format.substring(start, at - 1);
        Object value = Dicts.get(dict, name);
        if (value == Scope.MISSING) {
            throw ChatTemplateException.runtime("KeyError", Repr.quote(name));
        }
        return value;
    }

    private char count(char first, StringBuilder digits) {
        char c = first;
        if (c == '*') {
            Object value = nextValue();
            Long number = Numbers.asIndex(value);
            if (number == null) {
                throw ChatTemplateException.typeError("* wants int");
            }
            digits.append(number);
            return next();
        }
        while (Chars.digit(c, 10) >= 0) {
            digits.append(c);
            c = next();
        }
        return c;
    }

    private Object nextValue() {
        if (used >= values.size()) {
            throw ChatTemplateException.typeError("not enough arguments for format string");
        }
        return values.get(used++);
    }

    private String converted(Object value, char type, String flags, String width, String precision) {
        boolean text = type == 's' || type == 'r' || type == 'a' || type == 'c';
        StringBuilder spec = new StringBuilder();
        boolean left = flags.indexOf('-') >= 0;
        boolean zeros = flags.indexOf('0') >= 0 && !left && !text;
        spec.append(left ? "<" : zeros ? "0=" : ">");
        spec.append(text ? "" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "");
        spec.append(flags.indexOf('#') >= 0 && !text ? "#" : "").append(width).append(precision);
        return switch (type) {
            case 's' -> FormatSpec.parse(spec + "s").apply(r, r.text(value));
            case 'r', 'a' -> FormatSpec.parse(spec + "s").apply(r, Repr.of(value));
            case 'c' -> FormatSpec.parse(spec + "s").apply(r, character(value));
            case 'd', 'i', 'u' -> integer(value, spec, precision, 'd');
            case 'o', 'x', 'X' -> {
                if (Numbers.isFloat(value)) {
                    throw wrong(type, "an integer is required", value);
                }
                yield integer(value, spec, precision, type);
            }
            default -> {
                if (!Numbers.isNumber(value)) {
                    throw value instanceof Undefined undefined
                            ? undefined.failure()
                            : ChatTemplateException.typeError("must be real number, not " + Types.name(value));
                }
                yield FormatSpec.parse(spec.toString() + type).apply(r, Numbers.real(value));
            }
        };
    }

    private String integer(Object value, StringBuilder spec, String precision, char type) {
        if (!Numbers.isNumber(value)) {
            throw wrong(type, type == 'd' ? "a real number is required" : "an integer is required", value);
        }
        long number = Numbers.isFloat(value) ? Numbers.truncate(Numbers.real(value)) : Numbers.integer(value);
        String plain = spec.substring(0, spec.length() - precision.length());
        if (precision.isEmpty()) {
            return FormatSpec.parse(plain + type).apply(r, number);
        }
        // A precision of an integer is its least number of digits.
        String sign = number < 0 ? "-" : plain.contains("+") ? "+" : "";
        String digits = FormatSpec.parse("0" + precision.substring(1) + type).apply(r, Math.abs(number));
        return FormatSpec.parse(plain.replace("+", "").replace("0=", ">") + "s").apply(r, sign + digits);
    }

    private static ChatTemplateException wrong(char type, String wanted, Object value) {
        return ChatTemplateException.typeError("%" + type + " format: " + wanted + ", not " + Types.name(value));
    }

    private static String character(Object value) {
        if (value instanceof String text && CodePoints.length(text) == 1) {
            return text;
        }
        Long code = Numbers.asIndex(value);
        if (code == null || code < 0 || code > Character.MAX_CODE_POINT) {
            throw ChatTemplateException.typeError("%c requires int or char");
        }
        return new String(Character.toChars(code.intValue()));
    }
}
