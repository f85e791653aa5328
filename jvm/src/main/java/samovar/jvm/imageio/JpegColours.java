package samovar.jvm.imageio;

import java.io.IOException;

/** What the components of a JPEG are. Nothing in the file says so outright; the rules are those of libjpeg's {@code jdapimin.c}. */
enum JpegColours {
    GREY,
    RGB,
    YCC,
    CMYK,
    YCCK;

    private static final int JFIF = 0xe0;
    private static final int ADOBE = 0xee;

    static JpegColours of(byte[] file, int components) throws IOException {
        return switch (components) {
            case 1, 2 -> GREY;
            case 3 -> three(file);
            case 4 -> adobeTransform(file) <= 0 ? CMYK : YCCK;
            default -> throw new IOException("it has " + components + " components, 1 to 4 are known");
        };
    }

    private static JpegColours three(byte[] file) {
        if (Segments.find(file, JFIF, "JFIF\0") >= 0) {
            return YCC;
        }
        int transform = adobeTransform(file);
        if (transform >= 0) {
            return transform == 0 ? RGB : YCC;
        }
        int frame = Segments.frame(file);
        boolean named = file[frame + 10] == 'R' && file[frame + 13] == 'G' && file[frame + 16] == 'B';
        return named ? RGB : YCC;
    }

    /** -1 where Adobe says nothing. */
    private static int adobeTransform(byte[] file) {
        int adobe = Segments.find(file, ADOBE, "Adobe");
        return adobe >= 0 && adobe + 15 < file.length ? file[adobe + 15] & 0xff : -1;
    }
}
