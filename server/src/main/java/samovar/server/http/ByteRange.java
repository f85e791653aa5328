package samovar.server.http;

import java.util.Optional;

/**
 * A part of a content, RFC 9110 section 14.
 *
 * @param first position of the first byte
 * @param last position of the last byte, inclusive
 */
record ByteRange(long first, long last) {
    /** Asked for bytes that the content does not have. */
    static final class Unsatisfiable extends Exception {
        Unsatisfiable() {
            super("range not satisfiable", null, false, false);
        }
    }

    long length() {
        return last - first + 1;
    }

    /**
     * Reads a Range header. Empty means that the whole content is to be sent: no header, another unit, several ranges (which a
     * server may answer so), or a header that is no range at all.
     *
     * @throws Unsatisfiable if no byte of the content is in the range
     */
    static Optional<ByteRange> parse(String header, long size) throws Unsatisfiable {
        String unit = "bytes=";
        if (header == null || !header.startsWith(unit) || header.indexOf(',') >= 0) {
            return Optional.empty();
        }
        String range = header.substring(unit.length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        long first = number(range.substring(0, dash));
        long last = number(range.substring(dash + 1));
        boolean isSuffix = dash == 0;
        boolean isOpen = dash == range.length() - 1;
        if ((first < 0 && !isSuffix)
                || (last < 0 && !isOpen)
                || (isSuffix && isOpen)
                || (!isSuffix && !isOpen && last < first)) {
            return Optional.empty();
        }
        if (isSuffix) {
            first = Math.max(0, size - last);
            last = last == 0 ? -1 : size - 1;
        } else if (isOpen || last >= size) {
            last = size - 1;
        }
        if (first >= size || last < first) {
            throw new Unsatisfiable();
        }
        return Optional.of(new ByteRange(first, last));
    }

    /** The number, capped; -1 where the text is none. */
    private static long number(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = Math.min(value * 10 + (c - '0'), Long.MAX_VALUE / 20);
        }
        return value;
    }
}
