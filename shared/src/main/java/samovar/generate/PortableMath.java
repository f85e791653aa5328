package samovar.generate;

/**
 * Exponential and logarithm from additions, multiplications and divisions only, so that every platform gives the same
 * bits: those of {@link Math} may differ in the last place between a JVM and a browser, and a drawn token with them.
 */
final class PortableMath {
    /** Below this {@link #expOfNegative} is 0: together with a sum of at least 1 it changes nothing that shows. */
    static final double NEGLIGIBLE = -45;

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 0x1.62e42fee00000p-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double LN2 = 0.6931471805599453;
    private static final double[] POWERS_OF_HALF = powersOfHalf();

    private PortableMath() {}

    private static double[] powersOfHalf() {
        double[] powers = new double[68];
        double power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            power *= 0.5;
        }
        return powers;
    }

    /** e to the power of a number of at most 0, to about one unit in the last place; 0 below {@link #NEGLIGIBLE}, -infinity included. */
    static double expOfNegative(double x) {
        if (!(x > NEGLIGIBLE)) {
            return 0;
        }
        int halvings = (int) (0.5 - x * LOG2_E);
        double r = (x + halvings * LN2_HIGH) + halvings * LN2_LOW;
        // Taylor's series around 0 for |r| <= ln(2)/2; the first term left out is under 1e-18.
        double sum = 1.0 / 6227020800.0;
        sum = sum * r + 1.0 / 479001600.0;
        sum = sum * r + 1.0 / 39916800.0;
        sum = sum * r + 1.0 / 3628800.0;
        sum = sum * r + 1.0 / 362880.0;
        sum = sum * r + 1.0 / 40320.0;
        sum = sum * r + 1.0 / 5040.0;
        sum = sum * r + 1.0 / 720.0;
        sum = sum * r + 1.0 / 120.0;
        sum = sum * r + 1.0 / 24.0;
        sum = sum * r + 1.0 / 6.0;
        sum = sum * r + 0.5;
        sum = sum * r + 1;
        sum = sum * r + 1;
        return sum * POWERS_OF_HALF[halvings];
    }

    /** The natural logarithm of a finite number of at least 1. */
    static double logOfAtLeastOne(double x) {
        double mantissa = x;
        int doublings = 0;
        while (mantissa >= 1.5) {
            mantissa *= 0.5;
            doublings++;
        }
        // ln(m) = 2 artanh(z) with |z| <= 1/5, hence z^2 <= 1/25; m lies in [0.75, 1.5).
        double z = (mantissa - 1) / (mantissa + 1);
        double square = z * z;
        double sum = 0;
        for (int n = 23; n >= 1; n -= 2) {
            sum = sum * square + 1.0 / n;
        }
        return doublings * LN2 + 2 * z * sum;
    }
}
