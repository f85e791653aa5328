package samovar.jvm.hub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import samovar.hub.HubException;

/**
 * One content being downloaded: by several connections at once where it is large, each retried after a pause, and hashed in order
 * from the disk as it grows. Those who follow it see how far it is without a gap, whether it is verified, and what failed. When
 * nobody follows it any more, it stops; what came is kept for the next attempt.
 *
 * <p>Its threads are its own and never interrupted. All methods may be called from any thread.
 */
final class Download {
    private static final int BUFFER_BYTES = 1 << 17;
    /** So many bytes are put on the disk at once while more comes, so that little is left to wait for at the end. */
    private static final long FORCE_EVERY_BYTES = 16 << 20;

    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

    private final VerifiedCache.Wanted wanted;
    private final Origin origin;
    private final Pace pace;
    private final CacheEvents events;
    private final List<Closeable> bodies = new ArrayList<>();
    private final Spans spans = new Spans();
    private PartialFile partial;
    private int followers;
    private int working;
    private long prefixBytes;
    private long receivedBytes;
    private boolean stopped;
    private boolean spoilt;

    private Path verified;
    private HubException failure;

    /**
     * How a download goes about it.
     *
     * @param largeBytes from this many missing bytes on, several connections are worth their start
     * @param spanBytes what one of several connections asks for at once
     */
    record Pace(Retries retries, long largeBytes, long spanBytes, int connections) {
        static final Pace USUAL = new Pace(Retries.USUAL, 64L << 20, 16L << 20, 4);
    }

    Download(VerifiedCache.Wanted wanted, Origin origin, Pace pace, CacheEvents events) {
        this.wanted = wanted;
        this.origin = origin;
        this.pace = pace;
        this.events = events;
    }

    VerifiedCache.Wanted wanted() {
        return wanted;
    }

    /** Joins those who wait for it. @return false if it has stopped or failed, or is about to */
    synchronized boolean follow() {
        if (stopped || failure != null) {
            return false;
        }
        followers++;
        return true;
    }

    /** The last one who leaves stops it. */
    synchronized void leave() {
        followers--;
        if (followers == 0 && verified == null) {
            stop();
        }
    }

    private void stop() {
        stopped = true;
        bodies.forEach(Download::closeQuietly);
        notifyAll();
    }

    private static void closeQuietly(Closeable body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is being given up; whoever reads from it finds the flag.
            return;
        }
    }

    /** How far it is. */
    record Progress(long prefixBytes, long receivedBytes, Optional<Path> verified) {}

    /**
     * Waits until there is more than this, or it is verified, or the time is over.
     *
     * @throws HubException why it failed
     */
    synchronized Progress await(long prefix, long received, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (failure == null && verified == null && prefixBytes <= prefix && receivedBytes <= received) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (failure != null) {
            throw new HubException(failure.kind(), failure.subject(), failure.getMessage(), failure);
        }
        return new Progress(prefixBytes, receivedBytes, Optional.ofNullable(verified));
    }

    synchronized void land(Path blob) {
        verified = blob;
        prefixBytes = wanted.sizeBytes();
        receivedBytes = wanted.sizeBytes();
        notifyAll();
    }

    synchronized void fail(HubException fault) {
        if (failure == null && verified == null) {
            failure = fault;
            if (fault.kind() == HubException.Kind.CORRUPT) {
                spoilt = true;
                events.damaged();
            }
            stop();
        }
    }

    /** What came is of no use for another attempt, or takes the room that is lacking. */
    private synchronized void spoil() {
        spoilt = true;
    }

    synchronized boolean isSpoilt() {
        return spoilt;
    }

    /** Whether bytes of an earlier attempt were used. */
    synchronized boolean wasResumed() {
        return partial != null && partial.resumedBytes() > 0;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Downloads what the file lacks, on this thread and others.
     *
     * @return whether it is whole and has the right hash; false if it was stopped, or failed
     * @throws IOException if the disk fails
     */
    boolean run(PartialFile file) throws IOException {
        synchronized (this) {
            partial = file;
            prefixBytes = file.prefixBytes();
            receivedBytes = file.receivedBytes();
        }
        int connections = file.sizeBytes() - file.receivedBytes() >= pace.largeBytes() ? pace.connections() : 1;
        if (!file.isComplete()) {
            start(connections);
        }
        try {
            return hash();
        } finally {
            awaitWorkers();
            if (!isSpoilt()) {
                file.writeNote();
            }
        }
    }

    private void start(int connections) {
        synchronized (this) {
            working = connections;
        }
        long span = connections == 1 ? wanted.sizeBytes() : pace.spanBytes();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> work(span), "download " + wanted.subject() + " " + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private synchronized void awaitWorkers() {
        if (!partial.isComplete()) {
            stop();
        }
        waitFor(() -> working == 0, FOR_EVER_NANOS);
    }

    /** Hashes in order what is there, as it comes. @return whether all of it came, and was right */
    private boolean hash() throws IOException {
        MessageDigest digest = wanted.hash().algorithm().start(wanted.sizeBytes());
        byte[] buffer = new byte[BUFFER_BYTES];
        long hashed = 0;
        long forced = 0;
        while (hashed < wanted.sizeBytes()) {
            if (hashed - forced >= FORCE_EVERY_BYTES) {
                partial.force();
                forced = hashed;
            }
            long prefix = awaitPrefix(hashed);
            if (prefix <= hashed) {
                return false;
            }
            prefix = Math.min(prefix, forced + FORCE_EVERY_BYTES);
            while (hashed < prefix && !isStopped()) {
                int room = (int) Math.min(buffer.length, prefix - hashed);
                int read = partial.read(ByteBuffer.wrap(buffer, 0, room), hashed);
                digest.update(buffer, 0, read);
                hashed += read;
            }
            if (hashed < prefix) {
                return false;
            }
        }
        String got = HexFormat.of().formatHex(digest.digest());
        if (!got.equals(wanted.hash().hex())) {
            throw new WrongHash(got);
        }
        return true;
    }

    /** The bytes came, but are not those of the hash. */
    static final class WrongHash extends IOException {
        private static final long serialVersionUID = 1;

        WrongHash(String got) {
            super(got);
        }
    }

    private synchronized long awaitPrefix(long hashed) {
        waitFor(() -> prefixBytes > hashed || stopped, FOR_EVER_NANOS);
        return prefixBytes;
    }

    private void work(long spanBytes) {
        try {
            int failures = 0;
            for (long[] span = next(spanBytes); span != null; span = next(spanBytes)) {
                long before = partial.receivedBytes();
                try {
                    fetch(span);
                    failures = 0;
                } catch (PassingFault fault) {
                    failures = partial.receivedBytes() > before ? 1 : failures + 1;
                    pauseOrFail(fault, failures);
                } finally {
                    giveBack(span);
                }
            }
        } catch (HubException fault) {
            fail(fault);
        } catch (IOException e) {
            spoil();
            fail(VerifiedCache.unwritable(wanted, partial.path(), e));
        } catch (RuntimeException | Error e) {
            fail(VerifiedCache.failed(wanted, "of " + e));
            throw e;
        } finally {
            synchronized (this) {
                working--;
                notifyAll();
            }
        }
    }

    private synchronized long[] next(long most) {
        return stopped ? null : spans.next(partial, most);
    }

    private synchronized void giveBack(long[] span) {
        spans.giveBack(span);
    }

    private void fetch(long[] span) throws PassingFault, IOException {
        try (Origin.Part part = origin.open(span[0], span[1])) {
            if (!take(part, span)) {
                return;
            }
            try {
                copy(part);
            } finally {
                release(part);
            }
        }
    }

    /** @return false if this part is not to be read */
    private synchronized boolean take(Origin.Part part, long[] span) {
        if (!spans.mayRead(part, span) || stopped) {
            return false;
        }
        bodies.add(part);
        return true;
    }

    private synchronized void release(Origin.Part part) {
        bodies.remove(part);
    }

    private void copy(Origin.Part part) throws PassingFault, IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long at = part.from();
        while (at < part.to()) {
            int read = read(part, buffer, at);
            if (read < 0) {
                throw PassingFault.ofNetwork(VerifiedCache.failed(
                        wanted,
                        "it ended after " + (at - part.from()) + " of " + (part.to() - part.from()) + " bytes"
                                + from(part)));
            }
            if (at + read > part.to()) {
                throw VerifiedCache.corrupt(wanted, "more came than its " + wanted.sizeBytes() + " bytes");
            }
            events.received(read);
            partial.write(buffer, read, at);
            at += read;
            received();
        }
        if (part.to() == wanted.sizeBytes() && read(part, buffer, at) > 0) {
            throw VerifiedCache.corrupt(wanted, "more came than its " + wanted.sizeBytes() + " bytes");
        }
    }

    private int read(Origin.Part part, byte[] buffer, long at) throws PassingFault {
        try {
            return part.body().read(buffer);
        } catch (IOException e) {
            throw PassingFault.ofNetwork(VerifiedCache.failed(
                    wanted,
                    "it broke off after " + (at - part.from()) + " of " + (part.to() - part.from()) + " bytes"
                            + from(part) + ": " + e.getMessage()));
        }
    }

    private static String from(Origin.Part part) {
        return part.from() == 0 ? "" : " from byte " + part.from();
    }

    private synchronized void received() {
        prefixBytes = partial.prefixBytes();
        receivedBytes = partial.receivedBytes();
        notifyAll();
    }

    private synchronized void pauseOrFail(PassingFault fault, int failures) {
        if (stopped) {
            return;
        }
        Optional<Duration> pause = pace.retries().pauseBefore(failures, fault.retryAfter());
        if (pause.isEmpty()) {
            fail(fault.fault());
            return;
        }
        waitFor(() -> stopped, pause.get().toNanos());
    }

    /** Waits for this, its monitor held. Nobody interrupts these threads; should somebody do so nevertheless, the download stops. */
    private void waitFor(BooleanSupplier condition, long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            for (long left = nanos; !condition.getAsBoolean() && left > 0; left = deadline - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            stop();
        }
    }
}
