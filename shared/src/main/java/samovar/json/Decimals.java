package samovar.json;

import java.math.BigInteger;

/**
 * Doubles written in decimal as Python writes them, exactly rounded, with the same digits on every side: neither
 * {@code Double.toString} nor formatting agree between the JVM and TeaVM. The fallback is the plain exact method of
 * Steele and White (1990): compare scaled integers with the borders of the interval that rounds to the value.
 */
public final class Decimals {
    private static final double[] POWERS = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private Decimals() {}

    /** A power of ten that a double holds exactly: 0 to 22. */
    static double power(int exponent) {
        return POWERS[exponent];
    }

    /** Digits of a positive value d: {@code 0.DIGITS × 10^point}. */
    public record Digits(String text, int point) {}

    /** Python's repr of a float. */
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
        double size = Math.abs(value);
        if (size == Math.floor(size) && size < 1e15) {
            return sign + (long) size + ".0";
        }
        Digits digits = shortest(size);
        if (digits.point > 16 || digits.point < -3) {
            return sign + exponential(digits, 'e');
        }
        return sign + plain(digits);
    }

    private static String plain(Digits digits) {
        String text = digits.text;
        int point = digits.point;
        if (point <= 0) {
            return "0." + "0".repeat(-point) + text;
        }
        if (point >= text.length()) {
            return text + "0".repeat(point - text.length()) + ".0";
        }
        return text.substring(0, point) + "." + text.substring(point);
    }

    /** As {@code d.ddde+XX}. */
    public static String exponential(Digits digits, char mark) {
        StringBuilder out = new StringBuilder().append(digits.text.charAt(0));
        if (digits.text.length() > 1) {
            out.append('.').append(digits.text, 1, digits.text.length());
        }
        int exponent = digits.point - 1;
        out.append(mark).append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return out.append(size < 10 ? "0" : "").append(size).toString();
    }

    /** The fewest digits that read back as the value, the nearest of them. */
    private static Digits shortest(double size) {
        if (size >= 1e-5 && size < 1e15) {
            for (int places = 1; places < POWERS.length; places++) {
                double scaled = Math.floor(size * POWERS[places] + 0.5);
                if (scaled >= 1e15) {
                    break;
                }
                if (scaled / POWERS[places] == size) {
                    String text = Long.toString((long) scaled);
                    return new Digits(text, text.length() - places);
                }
            }
        }
        for (int count = 1; count < 17; count++) {
            Digits digits = significant(size, count);
            if (readsBack(digits, size)) {
                return trimmed(digits);
            }
        }
        return trimmed(significant(size, 17));
    }

    /** Without zeros at the end. */
    public static Digits trimmed(Digits digits) {
        int end = digits.text.length();
        while (end > 1 && digits.text.charAt(end - 1) == '0') {
            end--;
        }
        return new Digits(digits.text.substring(0, end), digits.point);
    }

    /** The given number of significant digits of a value that is not negative, the last one rounded half to even. */
    public static Digits significant(double size, int count) {
        if (size == 0) {
            return new Digits("0".repeat(count), 1);
        }
        // Begun one too low: the logarithm may round up, and a value that rounds up to a power of ten may look right
        // there.
        int point = (int) Math.floor(Math.log10(size));
        String text = scaled(size, count - point).toString();
        while (text.length() > count) {
            point++;
            text = scaled(size, count - point).toString();
        }
        return new Digits(text, point);
    }

    /** Digits with a fixed number after the point, rounded half to even on the exact value. */
    public static String fixed(double size, int places) {
        String text = scaled(size, places).toString();
        if (text.length() <= places) {
            text = "0".repeat(places + 1 - text.length()) + text;
        }
        int point = text.length() - places;
        return places == 0 ? text : text.substring(0, point) + "." + text.substring(point);
    }

    /** Python's round(value, places): the nearest decimal, ties to even on the exact value. */
    public static double round(double value, int places) {
        if (Double.isNaN(value) || Double.isInfinite(value) || places > 22) {
            return value;
        }
        double size = Math.abs(value);
        if (places < -308) {
            return 0 * value;
        }
        BigInteger whole = scaled(size, places);
        if (whole.bitLength() > 53) {
            return value;
        }
        double units = whole.longValue();
        double rounded = places >= 0 ? units / POWERS[places] : units * DecimalReader.read("1e" + -places);
        return value < 0 || (value == 0 && 1 / value < 0) ? -rounded : rounded;
    }

    private static int exponent(double size) {
        return Math.max(Math.getExponent(size), -1022) - 52;
    }

    private static BigInteger mantissa(double size) {
        long bits = Double.doubleToLongBits(size) & ((1L << 52) - 1);
        return BigInteger.valueOf(Math.getExponent(size) < -1022 ? bits : bits | (1L << 52));
    }

    /** {@code size × 10^places} as a whole number, rounded half to even. */
    private static BigInteger scaled(double size, int places) {
        BigInteger above = mantissa(size);
        BigInteger below = BigInteger.ONE;
        int exponent = exponent(size);
        if (exponent >= 0) {
            above = above.shiftLeft(exponent);
        } else {
            below = below.shiftLeft(-exponent);
        }
        if (places >= 0) {
            above = above.multiply(BigInteger.TEN.pow(places));
        } else {
            below = below.multiply(BigInteger.TEN.pow(-places));
        }
        BigInteger[] parts = above.divideAndRemainder(below);
        int half = parts[1].shiftLeft(1).compareTo(below);
        boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
        return up ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    /** Whether the digits lie in the interval of decimals that round to the value. */
    private static boolean readsBack(Digits digits, double size) {
        BigInteger mantissa = mantissa(size);
        boolean narrow = mantissa.bitCount() == 1 && Math.getExponent(size) > -1022;
        // In quarters of the last place, so that both borders are whole numbers.
        BigInteger value = mantissa.shiftLeft(2);
        BigInteger low = value.subtract(BigInteger.valueOf(narrow ? 1 : 2));
        BigInteger high = value.add(BigInteger.TWO);
        BigInteger candidate = new BigInteger(digits.text);
        int ten = digits.point - digits.text.length();
        int two = exponent(size) - 2;
        BigInteger scale = BigInteger.TEN.pow(Math.abs(ten));
        if (ten >= 0) {
            candidate = candidate.multiply(scale);
        } else {
            low = low.multiply(scale);
            high = high.multiply(scale);
        }
        if (two >= 0) {
            low = low.shiftLeft(two);
            high = high.shiftLeft(two);
        } else {
            candidate = candidate.shiftLeft(-two);
        }
        int fromLow = candidate.compareTo(low);
        int toHigh = high.compareTo(candidate);
        return mantissa.testBit(0) ? fromLow > 0 && toHigh > 0 : fromLow >= 0 && toHigh >= 0;
    }
}
