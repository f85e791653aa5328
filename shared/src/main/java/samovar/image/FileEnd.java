package samovar.image;

import samovar.image.ImageHeader.Format;

/**
 * Whether the end of a file is there. Decoders differ in what they make of a file that is cut off: some fail, others fill
 * the rest with grey and say nothing. Cut-off files are therefore refused before decoding, alike everywhere.
 */
final class FileEnd {
    private FileEnd() {}

    /** Fails if the file ends before its picture does. Data behind the picture is let through, as all decoders do. */
    static void require(byte[] file, Format format) {
        FileBytes bytes = new FileBytes(file);
        boolean whole =
                switch (format) {
                    case PNG -> pngEnds(bytes);
                    case JPEG -> jpegEnds(bytes);
                    case WEBP -> bytes.littleInt(4) >= 0 && bytes.littleInt(4) <= bytes.length() - 8;
                    case GIF -> gifEnds(bytes);
                    // The decoder counts the rows: what a BMP says of its own length is often 0.
                    case BMP -> true;
                };
        if (!whole) {
            throw bytes.cutOff(format);
        }
    }

    /** From chunk to chunk: length, type, data, checksum. */
    private static boolean pngEnds(FileBytes bytes) {
        int at = 8;
        while (at + 12 <= bytes.length()) {
            int length = bytes.bigInt(at);
            if (length < 0 || length > bytes.length() - at - 12) {
                return false;
            }
            if (bytes.has(at + 4, "IEND")) {
                return true;
            }
            at += 12 + length;
        }
        return false;
    }

    /** An end marker after the first scan. A thumbnail has one too, but before it, within a segment. */
    private static boolean jpegEnds(FileBytes bytes) {
        int scan = JpegMarkers.firstScan(bytes);
        for (int at = bytes.length() - 2; at > scan; at--) {
            if (bytes.at(at) == 0xff && bytes.at(at + 1) == 0xd9) {
                return true;
            }
        }
        return false;
    }

    /** From block to block up to the end of the first frame's data. */
    private static boolean gifEnds(FileBytes bytes) {
        if (bytes.length() < 13) {
            return false;
        }
        int at = 13 + colours(bytes.at(10));
        while (at < bytes.length()) {
            int block = bytes.at(at);
            if (block == ';') {
                // An end without a frame: not cut off, the decoder says what it misses.
                return true;
            }
            boolean frame = block == ',';
            if (frame && at + 10 >= bytes.length()) {
                return false;
            }
            at = frame ? at + 11 + colours(bytes.at(at + 9)) : at + 2;
            while (at < bytes.length() && bytes.at(at) != 0) {
                at += 1 + bytes.at(at);
            }
            if (frame) {
                return at < bytes.length();
            }
            at++;
        }
        return false;
    }

    /** Bytes of the colour table that such flags announce. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
