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
 * Closes a body whose next bytes stay out too long: the JDK's client limits the time to an answer's head, but a body may
 * stall for ever. One daemon thread watches all bodies.
 */
final class StallGuard extends FilterInputStream {
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
        if (waiting && System.nanoTime() - waitingSince > limitNanos) {
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
            return n;
        } catch (IOException e) {
            if (stalled) {
                throw new IOException("no bytes came for " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s", e);
            }
            throw e;
        } finally {
            waiting = false;
        }
    }

    @Override
    public void close() throws IOException {
        task.cancel(false);
        in.close();
    }
}
