package samovar.platform;

import java.util.Arrays;

/** Text as UTF-8. The JDK's {@code getBytes} gives the same, and brings TeaVM's character sets, 2 KB of the page, with it. */
public final class Utf8Bytes {
    private static final int MOST_PER_CHAR = 3;

    private Utf8Bytes() {}

    /** Half a surrogate pair becomes {@code ?}, as in the JDK. */
    public static byte[] of(String text) {
        byte[] bytes = new byte[text.length() * MOST_PER_CHAR];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c >= 0xd800 && c < 0xe000) {
                c = '?';
            }
            if (c < 0x80) {
                bytes[size++] = (byte) c;
                continue;
            }
            int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            bytes[size++] = (byte) ((0xff00 >> (more + 1)) | (c >> (6 * more)));
            for (int k = more - 1; k >= 0; k--) {
                bytes[size++] = (byte) (0x80 | ((c >> (6 * k)) & 0x3f));
            }
            if (more == 3) {
                i++;
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
