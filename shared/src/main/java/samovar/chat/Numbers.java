package samovar.chat;

/** Arithmetic of Python's bool, int and float. Integers have 64 bits: one that would grow beyond is an OverflowError. */
final class Numbers {
    private Numbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    static boolean isFloat(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    /** The value of an int or bool, else null. */
    static Long asIndex(Object value) {
        if (value instanceof Boolean bool) {
            return bool ? 1L : 0L;
        }
        return value instanceof Number number && !isFloat(value) ? Long.valueOf(number.longValue()) : null;
    }

    static long integer(Object value) {
        return value instanceof Boolean bool ? (bool ? 1 : 0) : ((Number) value).longValue();
    }

    static double real(Object value) {
        return value instanceof Boolean bool ? (bool ? 1 : 0) : ((Number) value).doubleValue();
    }

    static Object add(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            return real(left) + real(right);
        }
        long a = integer(left);
        long b = integer(right);
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw tooLarge();
        }
        return sum;
    }

    static Object subtract(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            return real(left) - real(right);
        }
        long a = integer(left);
        long b = integer(right);
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            throw tooLarge();
        }
        return difference;
    }

    static Object multiply(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            return real(left) * real(right);
        }
        return product(integer(left), integer(right));
    }

    private static long product(long a, long b) {
        long product = a * b;
        boolean wraps = a != 0 && (product / a != b || (a == -1 && b == Long.MIN_VALUE));
        if (wraps) {
            throw tooLarge();
        }
        return product;
    }

    static Object divide(Object left, Object right) {
        boolean real = isFloat(left) || isFloat(right);
        if (real(right) == 0) {
            throw zeroDivision(real ? "float division by zero" : "division by zero");
        }
        return real(left) / real(right);
    }

    static Object floorDivide(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            if (real(right) == 0) {
                throw zeroDivision("float floor division by zero");
            }
            return Math.floor((real(left) - floatModulo(real(left), real(right))) / real(right) + 0.25);
        }
        long a = integer(left);
        long b = integer(right);
        if (b == 0) {
            throw zeroDivision("integer division or modulo by zero");
        }
        if (a == Long.MIN_VALUE && b == -1) {
            throw tooLarge();
        }
        long quotient = a / b;
        return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
    }

    static Object modulo(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            if (real(right) == 0) {
                throw zeroDivision("float modulo");
            }
            return floatModulo(real(left), real(right));
        }
        long a = integer(left);
        long b = integer(right);
        if (b == 0) {
            throw zeroDivision("integer modulo by zero");
        }
        if (b == -1) {
            return 0L;
        }
        long rest = a % b;
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }

    private static double floatModulo(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return b < 0 ? -0.0 : 0.0;
        }
        return (rest < 0) != (b < 0) ? rest + b : rest;
    }

    static Object power(Object left, Object right) {
        if (!isFloat(left) && !isFloat(right) && integer(right) >= 0) {
            return integerPower(integer(left), integer(right));
        }
        double base = real(left);
        double exponent = real(right);
        if (base == 0 && exponent < 0) {
            throw zeroDivision("0.0 cannot be raised to a negative power");
        }
        double result = Math.pow(base, exponent);
        if (Double.isNaN(result) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
            throw ChatTemplateException.valueError("complex numbers are not supported");
        }
        if (Double.isInfinite(result) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw ChatTemplateException.runtime("OverflowError", "(34, 'Numerical result out of range')");
        }
        return result;
    }

    private static long integerPower(long base, long exponent) {
        if (base == 0 || base == 1 || base == -1) {
            return exponent == 0 ? 1 : base * ((exponent & 1) == 0 ? base : 1);
        }
        if (exponent > 63) {
            throw tooLarge();
        }
        long power = 1;
        for (long i = 0; i < exponent; i++) {
            power = product(power, base);
        }
        return power;
    }

    static Object negate(Object value) {
        if (isFloat(value)) {
            return -real(value);
        }
        return subtract(0L, value);
    }

    static int compare(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            double a = real(left);
            double b = real(right);
            return a < b ? -1 : a > b ? 1 : 0;
        }
        return Long.compare(integer(left), integer(right));
    }

    static boolean equal(Object left, Object right) {
        if (isFloat(left) || isFloat(right)) {
            return real(left) == real(right);
        }
        return integer(left) == integer(right);
    }

    /** A float cut to an int, as Python's int does. */
    static long truncate(double value) {
        if (Double.isNaN(value)) {
            throw ChatTemplateException.valueError("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(value)) {
            throw ChatTemplateException.runtime("OverflowError", "cannot convert float infinity to integer");
        }
        if (Math.abs(value) >= 9.2e18) {
            throw tooLarge();
        }
        return (long) value;
    }

    static ChatTemplateException tooLarge() {
        return ChatTemplateException.runtime("OverflowError", "an integer grew beyond 64 bits");
    }

    private static ChatTemplateException zeroDivision(String reason) {
        return ChatTemplateException.runtime("ZeroDivisionError", reason);
    }
}
