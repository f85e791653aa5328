package samovar.jvm.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a body whose next bytes stay out too long, or come one by one: the JDK's client limits the time to an answer's head, but a
 * body may stall for ever. One daemon thread watches all bodies.
 */
final class StallGuard extends FilterInputStream {
    /** Fewer than these in the time are no download: such a source holds a connection, and gives nothing. */
    private static final int LEAST_BYTES = 1024;

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "samovar-stall-guard");
        thread.setDaemon(true);
        return thread;
    });

    private final long limitNanos;
    private final ScheduledFuture<?> task;
    private volatile long waitingSince;
    private volatile boolean waiting;
    private volatile boolean stalled;
    private volatile long windowBytes;
    private volatile long windowStart = System.nanoTime();

    private StallGuard(InputStream body, Duration limit) {
        super(body);
        this.limitNanos = limit.toNanos();
        long period = Math.max(1, limitNanos / 4);
        this.task = WATCH.scheduleAtFixedRate(this::check, period, period, TimeUnit.NANOSECONDS);
    }

    static InputStream watch(InputStream body, Duration limit) {
        return new StallGuard(body, limit);
    }

    private void check() {
        long now = System.nanoTime();
        boolean silent = now - waitingSince > limitNanos;
        boolean trickling = now - windowStart > limitNanos && windowBytes < LEAST_BYTES;
        if (now - windowStart > limitNanos) {
            windowStart = now;
            windowBytes = 0;
        }
        if (waiting && (silent || trickling)) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                // The reader is told by the flag; there is nobody else to tell.
                return;
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            int n = in.read(bytes, offset, length);
            if (stalled) {
                throw new IOException("closed");
            }
            addToWindow(n);
            return n;
        } catch (IOException e) {
            if (stalled) {
                throw new IOException(
                        "hardly any bytes came for " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s", e);
            }
            throw e;
        } finally {
            waiting = false;
        }
    }

    /** The watching thread may set it back at the same time: a window more or less does not matter. */
    private void addToWindow(int bytes) {
        long sum = windowBytes + Math.max(0, bytes);
        windowBytes = sum;
    }

    @Override
    public void close() throws IOException {
        task.cancel(false);
        in.close();
    }
}
