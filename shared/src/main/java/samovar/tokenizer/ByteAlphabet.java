package samovar.tokenizer;

import java.util.Arrays;

/**
 * How byte-level vocabularies write bytes as characters: the printable ones of Latin-1 stand for themselves, the others for
 * U+0100 and on ({@code Ġ} is the space). After bytes_to_unicode of OpenAI's GPT-2.
 */
final class ByteAlphabet {
    private static final int SIZE = 256 + 68;

    private final char[] byteToChar = new char[256];
    private final short[] charToByte = new short[SIZE];

    ByteAlphabet() {
        Arrays.fill(charToByte, (short) -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            byteToChar[b] = (char) (printable ? b : next++);
            charToByte[byteToChar[b]] = (short) b;
        }
    }

    char charOf(int unsignedByte) {
        return byteToChar[unsignedByte];
    }

    /** The byte that a character stands for, 0 to 255, or -1. */
    int byteOf(char c) {
        return c < SIZE ? charToByte[c] : -1;
    }

    /** The bytes that a token stands for; its own UTF-8 where it is not written in this alphabet. */
    byte[] bytesOf(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            int value = byteOf(token.charAt(i));
            if (value < 0) {
                return Utf8.bytesOf(token);
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }
}
