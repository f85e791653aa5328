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
        double value = bytes / 1000.0;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        if (value >= 9.95) {
            return (long) (value + 0.5) + " " + UNITS[unit];
        }
        long tenths = (long) (value * 10 + 0.5);
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }
}
