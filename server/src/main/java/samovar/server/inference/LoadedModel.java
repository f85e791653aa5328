package samovar.server.inference;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.dtype.DtypePlan;
import samovar.task.TaskException;

/** A model with its thread and its bounded queue. Methods may be called from any thread. */
final class LoadedModel {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

    private final Engine engine;
    private final int queueLength;
    private final Meters meters;
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private final Thread thread;
    private Turn running;
    private boolean closed;
    private long lastUsedNanos = System.nanoTime();

    LoadedModel(Engine engine, int queueLength, Meters meters) {
        this.engine = engine;
        this.queueLength = queueLength;
        this.meters = meters;
        this.thread = new Thread(this::run, "model " + engine.plan().repo());
        thread.setDaemon(true);
        thread.start();
    }

    DtypePlan plan() {
        return engine.plan();
    }

    /**
     * Puts a turn into the queue.
     *
     * @throws TaskException BUSY if the queue is full, CLOSED if the model is being put away
     */
    synchronized void submit(Turn turn) {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, plan().repo() + " is being put away", "Ask again.");
        }
        dropCancelled();
        if (waiting.size() >= queueLength + (running == null ? 1 : 0)) {
            meters.refused();
            throw new TaskException(
                    TaskException.Kind.BUSY,
                    plan().repo() + " answers one turn, and " + waiting.size() + " wait for it, which is the limit",
                    "Ask again in a moment.");
        }
        waiting.add(turn);
        meters.queued();
        lastUsedNanos = System.nanoTime();
        notifyAll();
    }

    private void dropCancelled() {
        int before = waiting.size();
        waiting.removeIf(Turn::isCancelled);
        for (int i = waiting.size(); i < before; i++) {
            meters.dequeued();
        }
    }

    synchronized boolean isIdle() {
        return running == null && waiting.isEmpty();
    }

    synchronized long lastUsedNanos() {
        return lastUsedNanos;
    }

    /** Ends the running turn after its token, fails those that wait, and frees the model. Returns when it is freed. */
    void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            if (running != null) {
                running.cancel();
            }
            notifyAll();
        }
        thread.join();
    }

    private void run() {
        for (Turn turn = take(); turn != null; turn = take()) {
            answer(turn);
        }
        synchronized (this) {
            for (Turn turn : waiting) {
                meters.dequeued();
                turn.fail(new TaskException(TaskException.Kind.CLOSED, plan().repo() + " was put away", "Ask again."));
            }
            waiting.clear();
        }
        engine.close();
    }

    /** The next turn, or null when the model is to be closed. */
    private synchronized Turn take() {
        running = null;
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread but to end it.
                closed = true;
            }
        }
        if (closed) {
            return null;
        }
        meters.dequeued();
        running = waiting.remove();
        lastUsedNanos = System.nanoTime();
        return running;
    }

    private void answer(Turn turn) {
        if (turn.isCancelled()) {
            return;
        }
        turn.begin(engine::interrupt);
        try {
            engine.answer(turn, event -> {
                meters.saw(event);
                turn.tell(event);
            });
        } catch (RuntimeException failure) {
            meters.failed();
            turn.fail(Failures.ofTurn(failure));
        } catch (Error failure) {
            LOG.error("{} failed", plan().repo(), failure);
            turn.fail(new TaskException(
                    TaskException.Kind.RUN, plan().repo() + " failed: " + failure, "Ask again.", failure));
        } finally {
            turn.end();
        }
    }
}
