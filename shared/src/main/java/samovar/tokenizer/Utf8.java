package samovar.tokenizer;

import samovar.platform.Utf8Bytes;

/**
 * A UTF-8 decoder that is given one byte at a time. Of malformed input it replaces each maximal part of a character, and each
 * stray byte, by one U+FFFD, as the WHATWG Encoding Standard and Rust do; the JDK's and TeaVM's decoders differ in that.
 */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out = new StringBuilder();
    private int missing;
    private int codePoint;
    private int lower;
    private int upper;

    static byte[] bytesOf(String text) {
        return Utf8Bytes.of(text);
    }

    void add(byte[] bytes) {
        for (byte b : bytes) {
            add(b & 0xFF);
        }
    }

    void add(int b) {
        if (missing > 0) {
            if (b >= lower && b <= upper) {
                continued(b);
                return;
            }
            missing = 0;
            out.append(REPLACEMENT);
        }
        if (b < 0x80) {
            out.append((char) b);
        } else if (b >= 0xC2 && b <= 0xDF) {
            begin(1, b & 0x1F, 0x80, 0xBF);
        } else if (b >= 0xE0 && b <= 0xEF) {
            begin(2, b & 0x0F, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
        } else if (b >= 0xF0 && b <= 0xF4) {
            begin(3, b & 0x07, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
        } else {
            out.append(REPLACEMENT);
        }
    }

    private void begin(int following, int bits, int from, int to) {
        missing = following;
        codePoint = bits;
        lower = from;
        upper = to;
    }

    private void continued(int b) {
        codePoint = (codePoint << 6) | (b & 0x3F);
        lower = 0x80;
        upper = 0xBF;
        missing--;
        if (missing > 0) {
            return;
        }
        if (codePoint < 0x10000) {
            out.append((char) codePoint);
        } else {
            out.append((char) (0xD800 + ((codePoint - 0x10000) >> 10)));
            out.append((char) (0xDC00 + ((codePoint - 0x10000) & 0x3FF)));
        }
    }

    /** The text of all whole characters so far, which it forgets. */
    String take() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    /** The last text; a character that never became whole is U+FFFD. Ready for another text afterwards. */
    String finish() {
        if (missing > 0) {
            missing = 0;
            out.append(REPLACEMENT);
        }
        return take();
    }
}
