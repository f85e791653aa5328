package samovar.jvm.hub;

import java.util.ArrayList;
import java.util.List;

/** Which missing bytes of a content are being fetched by whom, so that no two connections fetch the same. Not thread-safe. */
final class Spans {
    private final List<long[]> taken = new ArrayList<>();
    /** The one thread that fetches from now on, since the source knows no ranges; null while all do. */
    private Thread whole;

    /**
     * The next bytes that are missing and that nobody else is fetching.
     *
     * @param most how many at most
     * @return from and to, to be given back; null when there are none
     */
    long[] next(PartialFile partial, long most) {
        if (whole != null && whole != Thread.currentThread()) {
            return null;
        }
        long size = partial.sizeBytes();
        long at = 0;
        while (at < size) {
            long from = partial.firstMissing(at);
            long[] other = takenAt(from);
            if (from < size && other == null) {
                return take(from, Math.min(partial.endOfGap(from), from + most));
            }
            at = other == null ? size : other[1];
        }
        return null;
    }

    private long[] take(long from, long end) {
        long to = end;
        for (long[] other : taken) {
            to = other[0] > from ? Math.min(to, other[0]) : to;
        }
        long[] span = {from, to};
        taken.add(span);
        return span;
    }

    private long[] takenAt(long position) {
        for (long[] span : taken) {
            if (span[0] <= position && position < span[1]) {
                return span;
            }
        }
        return null;
    }

    void giveBack(long[] span) {
        taken.remove(span);
    }

    /**
     * Whether this thread may read what came for its span: if the source sent something else, the first thread that sees it reads
     * all, and no other reads anything any more.
     */
    boolean mayRead(Origin.Part part, long[] span) {
        boolean isSpan = part.from() == span[0] && part.to() <= span[1];
        if (!isSpan && whole == null) {
            whole = Thread.currentThread();
        }
        return isSpan || whole == Thread.currentThread();
    }
}
