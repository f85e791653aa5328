package samovar.generate;

/**
 * Exponential and logarithm from additions, multiplications and divisions only, so that every platform gives the same
 * bits: those of {@link Math} may differ in the last place between a JVM and a browser, and a drawn token with them.
 */
final class PortableMath {
    /** Below this {@link #expOfNegative} is 0: together with a sum of at least 1 it changes nothing that shows. */
    static final double NEGLIGIBLE = -45;

    /** Steps of the table between two powers of two. */
    private static final int STEPS = 64;

    private static final int STEP_BITS = 6;
    private static final double STEPS_PER_UNIT = STEPS * 1.4426950408889634;
    private static final double LN2 = 0.6931471805599453;
    /** ln(2) / 64 in two parts, the first with so few bits that its product with a count of steps is exact. */
    private static final double STEP_HIGH = 0x1.62e42fee00000p-1 / STEPS;

    private static final double STEP_LOW = 0x1.a39ef35793c76p-33 / STEPS;
    private static final double[] POWERS_OF_HALF = powersOfHalf();
    /** By step: 2 to the power of minus step / 64. */
    private static final double[] STEP_FACTORS = stepFactors();

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

    private static double[] stepFactors() {
        double[] factors = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double x = -i * (LN2 / STEPS);
            double sum = 1;
            for (int n = 20; n >= 1; n--) {
                sum = 1 + sum * x / n;
            }
            factors[i] = sum;
        }
        return factors;
    }

    /**
     * e to the power of a number of at most 0, to a few units in the last place; 0 below {@link #NEGLIGIBLE}, for negative
     * infinity and for NaN.
     */
    static double expOfNegative(double x) {
        if (!(x > NEGLIGIBLE)) {
            return 0;
        }
        int steps = (int) (0.5 - x * STEPS_PER_UNIT);
        double r = (x + steps * STEP_HIGH) + steps * STEP_LOW;
        // Taylor's series for |r| <= ln(2)/128; the first term left out is under 4e-17.
        double sum = 1 + r * (1 + r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120)))));
        return sum * STEP_FACTORS[steps & (STEPS - 1)] * POWERS_OF_HALF[steps >> STEP_BITS];
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
