package samovar.jvm.bench;

import java.util.Locale;

/** A share of a sample, with the 95 % interval of Wilson (1927) for the share of the whole. */
record Share(double share, double low, double high) {
    private static final double Z = 1.959964;

    /** @param count at least 1 */
    static Share of(int hits, int count) {
        double share = (double) hits / count;
        double scale = 1 + Z * Z / count;
        double middle = (share + Z * Z / (2 * count)) / scale;
        double reach = Z / scale * Math.sqrt(share * (1 - share) / count + Z * Z / (4.0 * count * count));
        return new Share(share, Math.max(0, middle - reach), Math.min(1, middle + reach));
    }

    /** {@code 90.0 (85.1–93.4)}. */
    String percent() {
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", 100 * share, 100 * low, 100 * high);
    }
}
