package samovar.tokenizer;

import java.util.Arrays;

/**
 * The one table of character classes on every platform: Unicode general categories, with two of them divided so that white
 * space and numbers are unions of classes. There are 31 classes, so that a set of them is the bits of an int.
 */
public final class UnicodeClasses {
    /** Names of the classes in the order of their numbers; the last two are {@link #CONTROL_SPACE} and {@link #LATER_NUMERIC}. */
    private static final String[] CATEGORIES = {
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn"
    };

    /** Those of Cc that are white space. */
    private static final int CONTROL_SPACE = 29;

    /** Those of Cn that became numbers in Unicode 17, which the reference's Digits already knows. */
    private static final int LATER_NUMERIC = 30;

    /** The class after which neither letters nor marks nor numbers come. */
    static final int LAST_NUMBER = 10;

    static final int ALL = -1;
    static final int SPACE = maskOf("Z") | (1 << CONTROL_SPACE);
    static final int NUMERIC = maskOf("N") | (1 << LATER_NUMERIC);
    static final int WORD = maskOf("L") | maskOf("M") | maskOf("Nd") | maskOf("Nl") | maskOf("Pc");

    private static final byte[][] BLOCKS = blocks(UnicodeData.CLASSES);

    private UnicodeClasses() {}

    /** The class of a code point, 0 to 30; a lone surrogate counts as U+FFFD, which it is encoded as. */
    public static int of(int codePoint) {
        return BLOCKS[codePoint >> 8][codePoint & 255];
    }

    /** Classes of all code points, in blocks of 256. Not to be written. */
    static byte[][] table() {
        return BLOCKS;
    }

    /** The classes of a general category ({@code Lu}) or of all that begin with a letter ({@code L}); 0 where there is none. */
    public static int maskOf(String category) {
        int mask = 0;
        for (int i = 0; i < CATEGORIES.length; i++) {
            if (CATEGORIES[i].equals(category)
                    || (category.length() == 1 && CATEGORIES[i].charAt(0) == category.charAt(0))) {
                mask |= 1 << i;
            }
        }
        if (category.equals("Cc") || category.equals("C")) {
            mask |= 1 << CONTROL_SPACE;
        }
        if (category.equals("Cn") || category.equals("C")) {
            mask |= 1 << LATER_NUMERIC;
        }
        return mask;
    }

    /** Blocks of 256 code points; those of one class alone share one array. */
    private static byte[][] blocks(String runs) {
        byte[][] uniform = new byte[LATER_NUMERIC + 1][];
        byte[][] blocks = new byte[0x1100][];
        int codePoint = 0;
        int at = 0;
        while (at < runs.length()) {
            char letter = runs.charAt(at++);
            byte number = (byte) (letter >= 'a' ? letter - 'a' + 26 : letter - 'A');
            int length = 0;
            while (at < runs.length() && runs.charAt(at) <= '9') {
                length = length * 10 + runs.charAt(at++) - '0';
            }
            int end = codePoint + Math.max(length, 1);
            while (codePoint < end) {
                int block = codePoint >> 8;
                int stop = Math.min(end, (block + 1) << 8);
                if (stop - codePoint == 256) {
                    blocks[block] = uniform[number] = filled(uniform[number], number);
                } else {
                    blocks[block] = blocks[block] == null ? new byte[256] : blocks[block];
                    Arrays.fill(blocks[block], codePoint & 255, ((stop - 1) & 255) + 1, number);
                }
                codePoint = stop;
            }
        }
        return blocks;
    }

    private static byte[] filled(byte[] known, byte number) {
        if (known != null) {
            return known;
        }
        byte[] block = new byte[256];
        Arrays.fill(block, number);
        return block;
    }
}
