package samovar.server.inference;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import samovar.generate.GenerationEvent;
import samovar.platform.CancellationFlag;
import samovar.task.TaskException;

/**
 * One request on its way through a model. The model's thread tells its news, the handler's thread takes it, and may cancel at any
 * time. There are at most as many pieces of news as tokens, so they are kept however slow the client reads.
 */
public abstract sealed class Turn permits ChatTurn, CaptionTurn {
    private final CancellationFlag cancellation = new CancellationFlag();
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private Runnable interrupt;

    /** An event, or the failure that ended the turn; one of the two is null. */
    private record News(GenerationEvent event, RuntimeException failure) {}

    CancellationFlag cancellation() {
        return cancellation;
    }

    void tell(GenerationEvent event) {
        news.add(new News(event, null));
    }

    void fail(RuntimeException failure) {
        news.add(new News(null, failure));
    }

    /** Ends the turn, also in the middle of a long prompt, or before it begins. */
    public void cancel() {
        cancellation.raise();
        synchronized (this) {
            if (interrupt != null) {
                interrupt.run();
            }
        }
    }

    /** @param how ends the run in progress at once, and nothing that comes after it */
    synchronized void begin(Runnable how) {
        interrupt = how;
    }

    synchronized void end() {
        interrupt = null;
    }

    public boolean isCancelled() {
        return cancellation.isRaised();
    }

    /**
     * The next event, or null if none came in this time.
     *
     * @throws TaskException if the turn failed, and other exceptions as {@link samovar.task.ChatBackend#chat} and {@link
     *     samovar.task.CaptionBackend#caption} throw them
     */
    public GenerationEvent next(long timeoutMillis) {
        News next;
        try {
            next = news.poll(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw new TaskException(TaskException.Kind.CLOSED, "the server is stopping", "Ask again later.", e);
        }
        if (next != null && next.failure() != null) {
            throw next.failure();
        }
        return next == null ? null : next.event();
    }
}
