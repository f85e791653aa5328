package samovar.json;

import java.math.BigInteger;

/**
 * The double nearest to a decimal, ties to even. {@code Double.parseDouble} is not asked: TeaVM 0.15's is off by one in
 * the last place for 1e23 and its like. The short way is Clinger's (1990): 15 digits and a power of ten up to 22 are exact
 * doubles, so that one operation rounds once.
 */
public final class DecimalReader {
    /** More digits than these cannot change the result, but for one mark that there were some. */
    private static final int MAX_DIGITS = 800;

    private static final int MAX_EXPONENT = 100_000_000;

    private final StringBuilder digits = new StringBuilder();
    /** The first 15 of {@link #digits} as a number. */
    private double head;

    private int ten;

    private DecimalReader() {}

    /** Reads digits with at most one point and an exponent, which the caller has checked; a sign may come first. */
    public static double read(String text) {
        DecimalReader reader = new DecimalReader();
        reader.split(text);
        double size = reader.nearest();
        return text.startsWith("-") ? -size : size;
    }

    private void split(String text) {
        boolean fraction = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 'e' || c == 'E') {
                ten += exponent(text, at + 1);
                return;
            }
            fraction |= c == '.';
            if (c >= '0' && c <= '9') {
                digit(c, fraction);
            }
        }
    }

    /** Bounded, where it is longer than matters. */
    private static int exponent(String text, int from) {
        int size = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                size = Math.min(MAX_EXPONENT, size * 10 + (c - '0'));
            }
        }
        return text.startsWith("-", from) ? -size : size;
    }

    private void digit(char c, boolean fraction) {
        if (digits.length() < MAX_DIGITS) {
            ten -= fraction ? 1 : 0;
            if (c != '0' || digits.length() > 0) {
                digits.append(c);
                head = digits.length() <= 15 ? head * 10 + (c - '0') : head;
            }
        } else {
            ten += fraction ? 0 : 1;
            if (c != '0') {
                digits.setCharAt(MAX_DIGITS - 1, '1');
            }
        }
    }

    private double nearest() {
        if (digits.length() == 0 || digits.length() + ten < -400) {
            return 0;
        }
        if (digits.length() + ten > 400) {
            return Double.POSITIVE_INFINITY;
        }
        if (digits.length() <= 15 && Math.abs(ten) <= 22) {
            return ten < 0 ? head / Decimals.power(-ten) : head * Decimals.power(ten);
        }
        BigInteger above = new BigInteger(digits.toString());
        BigInteger power = BigInteger.TEN.pow(Math.abs(ten));
        return ten < 0 ? quotient(above, power) : quotient(above.multiply(power), BigInteger.ONE);
    }

    private static double quotient(BigInteger above, BigInteger below) {
        // Two to four bits more than a double keeps, but never finer than a quarter of the smallest one.
        int two = Math.max(above.bitLength() - below.bitLength() - 55, -1076);
        BigInteger[] parts = two > 0
                ? above.divideAndRemainder(below.shiftLeft(two))
                : above.shiftLeft(-two).divideAndRemainder(below);
        BigInteger exact = parts[0];
        int drop = Math.max(exact.bitLength() - 53, -1074 - two);
        long mantissa = exact.shiftRight(drop).longValue();
        boolean half = exact.testBit(drop - 1);
        boolean beyond = parts[1].signum() != 0 || exact.getLowestSetBit() < drop - 1;
        if (half && (beyond || (mantissa & 1) == 1)) {
            mantissa++;
        }
        return (double) mantissa * powerOfTwo(two + drop);
    }

    private static double powerOfTwo(int exponent) {
        if (exponent > 971) {
            return Double.POSITIVE_INFINITY;
        }
        return Double.longBitsToDouble(exponent < -1022 ? 1L << (exponent + 1074) : (exponent + 1023L) << 52);
    }
}
