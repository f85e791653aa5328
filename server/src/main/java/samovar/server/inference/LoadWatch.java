package samovar.server.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import samovar.runtime.LoadEvent;

/**
 * What one watcher of a loading has not seen yet: of each step the newest event alone, and not more often than people can read.
 * The loader puts in, the watcher's thread takes out.
 */
public final class LoadWatch {
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Deque<LoadEvent> news = new ArrayDeque<>();
    private LoadEvent told;
    private long toldNanos;

    synchronized void put(LoadEvent event) {
        if (isSameStep(news.peekLast(), event)) {
            news.removeLast();
        }
        news.add(event);
        notifyAll();
    }

    public synchronized boolean isEmpty() {
        return news.isEmpty();
    }

    /** The next event, or null if none is due in this time. */
    public synchronized LoadEvent next(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (; ; ) {
            long now = System.nanoTime();
            long due = waitNanos(now);
            if (due <= 0) {
                told = news.remove();
                toldNanos = now;
                return told;
            }
            if (now - deadline >= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(due, deadline - now));
        }
    }

    /** A new step is told at once, progress in the one that was told last after a while. */
    private long waitNanos(long now) {
        if (news.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return news.size() > 1 || !isSameStep(told, news.peek()) ? 0 : toldNanos + PACE_NANOS - now;
    }

    private static boolean isSameStep(LoadEvent one, LoadEvent other) {
        return one != null && one.phase() == other.phase() && one.module().equals(other.module());
    }
}
