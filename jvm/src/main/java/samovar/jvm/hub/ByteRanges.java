package samovar.jvm.hub;

import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a content are there: ranges, joined where they touch. Positions from 0, ends exclusive. Not thread-safe. */
final class ByteRanges {
    private final TreeMap<Long, Long> endsByStart = new TreeMap<>();
    private long bytes;

    /** How many bytes there are together. */
    long bytes() {
        return bytes;
    }

    /** Adds a range, all or part of which may be there already. */
    void add(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = endsByStart.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (Map.Entry<Long, Long> next = endsByStart.ceilingEntry(start);
                next != null && next.getKey() <= end;
                next = endsByStart.ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            bytes -= next.getValue() - next.getKey();
            endsByStart.remove(next.getKey());
        }
        endsByStart.put(start, end);
        bytes += end - start;
    }

    /** The end of what is there without a gap from this position on; the position itself if nothing is. */
    long endOfRunAt(long position) {
        Map.Entry<Long, Long> run = endsByStart.floorEntry(position);
        return run == null ? position : Math.max(position, run.getValue());
    }

    /** Where the next range begins at or after this position, or the limit if none does before it. */
    long nextStart(long position, long limit) {
        Long next = endsByStart.ceilingKey(position);
        return next == null ? limit : Math.min(next, limit);
    }

    /** The end of the last range; 0 if there is none. */
    long end() {
        return endsByStart.isEmpty() ? 0 : endsByStart.lastEntry().getValue();
    }

    /** One line {@code from-to} per range. */
    String toText() {
        StringBuilder text = new StringBuilder();
        endsByStart.forEach(
                (from, to) -> text.append(from).append('-').append(to).append('\n'));
        return text.toString();
    }

    /**
     * Reads {@link #toText}.
     *
     * @throws IllegalArgumentException if it is not such a text, or names bytes beyond the size
     */
    static ByteRanges ofText(String text, long sizeBytes) {
        ByteRanges ranges = new ByteRanges();
        for (String line : text.lines().toList()) {
            int dash = line.indexOf('-');
            if (dash < 1) {
                throw new IllegalArgumentException("not a range: " + line);
            }
            long from = Long.parseLong(line.substring(0, dash));
            long to = Long.parseLong(line.substring(dash + 1));
            if (from < 0 || to <= from || to > sizeBytes) {
                throw new IllegalArgumentException("not a range of " + sizeBytes + " bytes: " + line);
            }
            ranges.add(from, to);
        }
        return ranges;
    }
}
