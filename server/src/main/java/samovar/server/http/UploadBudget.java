package samovar.server.http;

import java.util.concurrent.atomic.AtomicLong;
import samovar.wire.ErrorBody;

/**
 * How much memory all uploads that are being read or answered may hold together. May be shared between threads.
 *
 * <p>One upload is bounded by itself; without this, as many of them as there are threads could be held at a time.
 */
public final class UploadBudget {
    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public UploadBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** A quarter of the heap. */
    public static UploadBudget ofHeap() {
        return new UploadBudget(Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * @throws HttpFault 503 if other uploads hold too much
     */
    void hold(long bytes) {
        if (heldBytes.addAndGet(bytes) > limitBytes) {
            heldBytes.addAndGet(-bytes);
            throw new HttpFault(
                            503,
                            new ErrorBody(
                                    "Other uploads fill the memory that this server has for them. Ask again in a moment.",
                                    ErrorBody.UNAVAILABLE,
                                    null,
                                    "busy"))
                    .header("Retry-After", "2")
                    .header("Connection", "close");
        }
    }

    void letGo(long bytes) {
        heldBytes.addAndGet(-bytes);
    }

    /** What is held now. */
    public long heldBytes() {
        return heldBytes.get();
    }
}
