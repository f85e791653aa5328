package samovar.jvm.imageio;

import java.nio.charset.StandardCharsets;

/** The segments of a JPEG before its first scan: {@code FF}, a marker, a length of two bytes (itself counted), data. */
final class Segments {
    private static final int START_OF_SCAN = 0xda;

    private Segments() {}

    /** Where the first segment with that marker stands whose data begin so; -1 where there is none. */
    static int find(byte[] file, int marker, String beginning) {
        byte[] wanted = beginning.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 2; at >= 0; at = next(file, at)) {
            if ((file[at + 1] & 0xff) == marker && has(file, at + 4, wanted)) {
                return at;
            }
        }
        return -1;
    }

    /** Where the frame's header stands (SOF0 to SOF15, among which three are none). The file was checked to have one. */
    static int frame(byte[] file) {
        for (int at = 2; at >= 0; at = next(file, at)) {
            int marker = file[at + 1] & 0xff;
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                return at;
            }
        }
        throw new IllegalArgumentException("no frame");
    }

    /** The segment after this one, -1 before the first scan. */
    private static int next(byte[] file, int at) {
        int marker = file[at + 1] & 0xff;
        int after;
        if (marker == 0xff) {
            after = at + 1;
        } else if (marker == START_OF_SCAN) {
            return -1;
        } else if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
            after = at + 2;
        } else {
            after = at + 2 + Math.max(2, length(file, at));
        }
        return after + 4 <= file.length ? after : -1;
    }

    /** The length that the segment there states. */
    static int length(byte[] file, int at) {
        return ((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff);
    }

    private static boolean has(byte[] file, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= file.length || file[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
