package samovar.image;

import samovar.image.ImageException.Kind;

/** What to say of a file that is none of the formats which are read: its name where it is known, and the way out. */
final class Strangers {
    private static final String READ = "; read are PNG, JPEG, WebP, GIF and BMP";

    private Strangers() {}

    static ImageException fault(FileBytes bytes) {
        if (bytes.length() == 0) {
            return new ImageException(Kind.UNREADABLE, "the image file is empty" + READ);
        }
        return new ImageException(Kind.UNSUPPORTED_FORMAT, "the file is " + guess(bytes) + READ);
    }

    private static String guess(FileBytes bytes) {
        int start = bytes.has(0, "\u00ef\u00bb\u00bf") ? 3 : 0;
        while (start < bytes.length() && bytes.at(start) <= ' ') {
            start++;
        }
        if (bytes.has(start, "<svg") || (bytes.has(start, "<?xml") && contains(bytes, "<svg"))) {
            return "an SVG drawing, which has no pixels (export it as PNG)";
        }
        if (bytes.has(start, "<")) {
            return "a text that begins with '<', perhaps a web page about the picture (take the picture's own address)";
        }
        if (bytes.has(4, "ftyp")) {
            return "HEIC, AVIF or a film (export it as JPEG)";
        }
        if (bytes.has(0, "II*\u0000") || bytes.has(0, "MM\u0000*")) {
            return "TIFF or a camera's raw data (export it as JPEG or PNG)";
        }
        if (bytes.has(0, "%PDF")) {
            return "PDF (export its page as PNG)";
        }
        return "no picture that is known here, or a damaged one (save it anew)";
    }

    private static boolean contains(FileBytes bytes, String text) {
        for (int at = 0; at < Math.min(bytes.length(), 1024); at++) {
            if (bytes.has(at, text)) {
                return true;
            }
        }
        return false;
    }
}
