package samovar.jvm.ortcpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The version of another library's symbols that an ELF library needs. It stands in two places: its name in {@code .dynstr}, and
 * the name's hash in {@code .gnu.version_r} (Linux Standard Base, "Symbol Versioning", and System V gABI, "Hash Table").
 */
final class SymbolVersion {
    private SymbolVersion() {}

    /**
     * @param library a little-endian ELF file; not changed
     * @param from the version it needs; must stand in it once, and so must its hash
     * @param to what the copy is to need; of the same length
     * @return the copy
     * @throws IllegalArgumentException if the library is of another kind than that
     */
    static byte[] replace(byte[] library, String from, String to) {
        if (from.length() != to.length()) {
            throw new IllegalArgumentException("cannot put " + to + " where " + from + " stands: other lengths");
        }
        byte[] copy = library.clone();
        put(copy, name(from), name(to), from);
        put(copy, hash(from), hash(to), "the hash of " + from);
        return copy;
    }

    private static void put(byte[] library, byte[] from, byte[] to, String what) {
        int place = indexOf(library, from, 0);
        if (place < 0 || indexOf(library, from, place + 1) >= 0) {
            throw new IllegalArgumentException(
                    "the library has " + what + (place < 0 ? " nowhere" : " more than once") + ", not once");
        }
        System.arraycopy(to, 0, library, place, to.length);
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int start) {
        for (int i = start; i <= bytes.length - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && bytes[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    /** As a whole entry of a string table: between two zeros. */
    private static byte[] name(String version) {
        return ("\0" + version + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hash(String version) {
        int hash = 0;
        for (int i = 0; i < version.length(); i++) {
            hash = (hash << 4) + version.charAt(i);
            int high = hash & 0xf0000000;
            hash = (hash ^ (high >>> 24)) & ~high;
        }
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(hash)
                .array();
    }
}
