package samovar.dtype;

/** Sizes in words for people, in decimal units with two or three digits: {@code 786 MB}, {@code 1.9 GB}, {@code 12 bytes}. */
public final class ByteSize {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteSize() {}

    /** The size rounded half up; {@code text(1_950_000_000)} is {@code 2.0 GB}. */
    public static String text(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        int unit = 0;
        long tenths = tenthsOf(bytes, 100);
        long next = 100;
        while (tenths >= 10_000 && unit < UNITS.length - 1) {
            unit++;
            next *= 1000;
            tenths = tenthsOf(bytes, next);
        }
        if (tenths < 100) {
            return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
        }
        return (tenths + 5) / 10 + " " + UNITS[unit];
    }

    private static long tenthsOf(long bytes, long tenth) {
        return bytes / tenth + (bytes % tenth >= tenth / 2 ? 1 : 0);
    }
}
