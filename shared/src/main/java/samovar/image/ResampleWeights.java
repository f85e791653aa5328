package samovar.image;

import samovar.config.Resample;

/**
 * Along one axis, which input pixels make an output pixel, and with what weight. The weights of an output pixel sum up to
 * about {@code 1 << PRECISION}; they lie in one array, those of pixel 0 first.
 */
final class ResampleWeights {
    /** Bits behind the point: 32, less 8 for the values and 2 for the sign and sums beyond 255. */
    static final int PRECISION = 22;

    private final int[] firsts;
    private final int[] counts;
    private final int[] weights;

    private ResampleWeights(int[] firsts, int[] counts, int[] weights) {
        this.firsts = firsts;
        this.counts = counts;
        this.weights = weights;
    }

    static ResampleWeights of(int from, int to, Resample filter) {
        double scale = (double) from / to;
        double widened = Math.max(1, scale);
        double support = support(filter) * widened;
        int[] firsts = new int[to];
        int[] counts = new int[to];
        int total = 0;
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            firsts[i] = Math.max(0, (int) (centre - support + 0.5));
            counts[i] = Math.min(from, (int) (centre + support + 0.5)) - firsts[i];
            total += counts[i];
        }
        int[] weights = new int[total];
        double[] exact = new double[(int) Math.ceil(support) * 2 + 1];
        int at = 0;
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            double sum = 0;
            for (int k = 0; k < counts[i]; k++) {
                // In this order: a weight in the middle between two numbers of fixed point hangs on the last bit.
                exact[k] = weight(filter, (k + firsts[i] - centre + 0.5) * (1 / widened));
                sum += exact[k];
            }
            for (int k = 0; k < counts[i]; k++) {
                weights[at++] = fixed(sum == 0 ? exact[k] : exact[k] / sum);
            }
        }
        return new ResampleWeights(firsts, counts, weights);
    }

    private static int fixed(double weight) {
        double scaled = weight * (1 << PRECISION);
        return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    /** Half of the filter's width, in input pixels where nothing gets smaller. */
    private static double support(Resample filter) {
        return switch (filter) {
            case NEAREST, BOX -> 0.5;
            case BILINEAR, HAMMING -> 1;
            case BICUBIC -> 2;
            case LANCZOS -> 3;
        };
    }

    private static double weight(Resample filter, double x) {
        double distance = Math.abs(x);
        return switch (filter) {
            case NEAREST, BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
            case BILINEAR -> distance < 1 ? 1 - distance : 0;
            case HAMMING -> distance < 1 ? sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI)) : 0;
            case BICUBIC -> bicubic(distance);
            case LANCZOS -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        };
    }

    /** Keys' cubic with a = -0.5. */
    private static double bicubic(double x) {
        if (x < 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    /** The same for an input that lacks so many pixels at its beginning. */
    ResampleWeights shifted(int missing) {
        int[] shifted = new int[firsts.length];
        for (int i = 0; i < firsts.length; i++) {
            shifted[i] = firsts[i] - missing;
        }
        return new ResampleWeights(shifted, counts, weights);
    }

    /** The first input pixel under the filter. */
    int first(int output) {
        return firsts[output];
    }

    int count(int output) {
        return counts[output];
    }

    /** Behind the last input pixel. */
    int end(int output) {
        return firsts[output] + counts[output];
    }

    /** All weights, in the order of the output pixels; the array itself. */
    int[] weights() {
        return weights;
    }
}
