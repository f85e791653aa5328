package samovar.image;

import samovar.image.ImageHeader.Format;

/** The segments of a JPEG file: {@code FF}, a marker, a length of two bytes (itself counted), data. */
final class JpegMarkers {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    private JpegMarkers() {}

    /** Where the marker of the first frame stands. */
    static int firstFrame(FileBytes bytes) {
        return find(bytes, false);
    }

    /** Where the marker of the first scan stands. */
    static int firstScan(FileBytes bytes) {
        return find(bytes, true);
    }

    private static int find(FileBytes bytes, boolean scan) {
        int at = 2;
        while (at + 4 <= bytes.length()) {
            if (bytes.at(at) != 0xff) {
                throw damaged();
            }
            int marker = bytes.at(at + 1);
            if (marker == 0xff) {
                // Any number of fill bytes may stand before a marker.
                at++;
            } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE || (isFrame(marker) && !scan)) {
                if (isFrame(marker) || (marker == START_OF_SCAN && scan)) {
                    return at;
                }
                throw damaged();
            } else {
                at += isAlone(marker) ? 2 : 2 + Math.max(2, bytes.bigShort(at + 2));
            }
        }
        throw bytes.cutOff(Format.JPEG);
    }

    /** SOF0 to SOF15; among them stand three that are none. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** Restart markers and TEM, which have no length. */
    private static boolean isAlone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    }

    private static ImageException damaged() {
        return new ImageException(
                ImageException.Kind.UNREADABLE,
                "the jpeg file has something else where its size should stand; it is damaged, save it anew");
    }
}
