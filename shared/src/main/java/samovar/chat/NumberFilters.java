package samovar.chat;

import java.util.List;
import java.util.Map;
import samovar.json.Decimals;

/** The filters that make numbers. */
final class NumberFilters {
    private NumberFilters() {}

    static void addTo(Map<String, Native> filters) {
        filters.put("int", NumberFilters::toInt);
        filters.put("float", NumberFilters::toFloat);
        filters.put("round", NumberFilters::round);
        filters.put("abs", NumberFilters::abs);
        filters.put("sum", NumberFilters::sum);
        filters.put("filesizeformat", NumberFilters::fileSize);
    }

    private static Object toInt(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("int", "default", "base");
        Object fallback = Arguments.or(given[0], 0L);
        long base = StringMethods.integer(Arguments.or(given[1], 10L));
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof String text) {
            Long whole = NumberParsing.integer(text, (int) Math.max(-1, Math.min(base, 99)));
            if (whole != null) {
                return whole;
            }
            Double real = NumberParsing.real(text);
            return real == null || real.isNaN() || real.isInfinite() ? fallback : (Object) Numbers.truncate(real);
        }
        if (!Numbers.isNumber(value)) {
            return fallback;
        }
        if (Numbers.isFloat(value)) {
            return Double.isNaN(Numbers.real(value)) ? fallback : (Object) Numbers.truncate(Numbers.real(value));
        }
        return Numbers.integer(value);
    }

    private static Object toFloat(Rendering r, Object value, Arguments arguments) {
        Object fallback = Arguments.or(arguments.bind("float", "default")[0], 0.0);
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof String text) {
            Double real = NumberParsing.real(text);
            return real == null ? fallback : real;
        }
        return Numbers.isNumber(value) ? (Object) Numbers.real(value) : fallback;
    }

    private static Object round(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("round", "precision", "method");
        Object method = Arguments.or(given[1], "common");
        if (!List.of("common", "ceil", "floor").contains(method == null ? "" : method)) {
            throw ChatTemplateException.runtime("FilterArgumentError", "method must be common, ceil or floor");
        }
        Object precision = Arguments.or(given[0], 0L);
        if (value instanceof Undefined undefined) {
            throw method.equals("common")
                    ? ChatTemplateException.typeError("type Undefined doesn't define __round__ method")
                    : undefined.failure();
        }
        if (!method.equals("common")) {
            Object factor = Operator.POWER.apply(r, 10L, precision);
            double scaled = Numbers.real(Operator.MULTIPLY.apply(r, value, factor));
            double whole = method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled);
            return Operator.DIVIDE.apply(r, Numbers.truncate(whole), factor);
        }
        if (!Numbers.isNumber(value)) {
            throw ChatTemplateException.typeError("type " + Types.name(value) + " doesn't define __round__ method");
        }
        if (precision == null) {
            return Numbers.truncate(Decimals.round(Numbers.real(value), 0));
        }
        int places = (int) Math.max(-400, Math.min(400, StringMethods.integer(precision)));
        return Numbers.isFloat(value)
                ? (Object) Decimals.round(Numbers.real(value), places)
                : (Object) roundedInteger(Numbers.integer(value), places);
    }

    private static long roundedInteger(long value, int places) {
        if (places >= 0) {
            return value;
        }
        if (places < -18) {
            return 0;
        }
        long unit = 1;
        for (int i = 0; i > places; i--) {
            unit *= 10;
        }
        long rest = Math.floorMod(value, unit);
        long low = value - rest;
        long half = unit / 2;
        boolean up = rest > half || (rest == half && Math.floorMod(low / unit, 2L) == 1);
        return up ? low + unit : low;
    }

    private static Object abs(Rendering r, Object value, Arguments arguments) {
        arguments.bind("abs");
        if (!Numbers.isNumber(value)) {
            throw ChatTemplateException.typeError("bad operand type for abs(): '" + Types.name(value) + "'");
        }
        if (Numbers.isFloat(value)) {
            return Math.abs(Numbers.real(value));
        }
        return Numbers.integer(value) < 0 ? Numbers.negate(value) : (Object) Numbers.integer(value);
    }

    private static Object sum(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("sum", "attribute", "start");
        AttributePath path = AttributePath.of(Arguments.or(given[0], null));
        Object total = Arguments.or(given[1], 0L);
        if (total instanceof String) {
            throw ChatTemplateException.typeError("sum() can't sum strings [use ''.join(seq) instead]");
        }
        var elements = Iterables.iterator(value);
        while (elements.hasNext()) {
            total = Operator.ADD.apply(r, total, path.of(r, elements.next()));
            r.charge(1);
        }
        return total;
    }

    private static Object fileSize(Rendering r, Object value, Arguments arguments) {
        Object binary = arguments.bind("filesizeformat", "binary")[0];
        boolean two = binary != Scope.MISSING && Types.isTrue(binary);
        double bytes = Numbers.real(toFloat(r, value, Arguments.of(List.of(Double.NaN))));
        if (Double.isNaN(bytes)) {
            throw value instanceof String
                    ? ChatTemplateException.valueError("could not convert string to float: " + Repr.of(value))
                    : ChatTemplateException.typeError(
                            "float() argument must be a string or a real number, not '" + Types.name(value) + "'");
        }
        double base = two ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        }
        if (bytes < base) {
            return Numbers.truncate(bytes) + " Bytes";
        }
        double unit = base;
        int prefix = -1;
        do {
            unit *= base;
            prefix++;
        } while (bytes >= unit && prefix < 7);
        String letter = String.valueOf((two ? "KMGTPEZY" : "kMGTPEZY").charAt(prefix));
        return Decimals.fixed(base * bytes / unit, 1) + " " + letter + (two ? "iB" : "B");
    }
}
