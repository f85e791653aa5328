package samovar.server.inference;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;

/** A model on its way, and all who wait for it. Methods may be called from any thread. */
public final class Loading {
    private final CompletableFuture<LoadedModel> arrival = new CompletableFuture<>();
    private final List<LoadListener> listeners = new CopyOnWriteArrayList<>();
    private volatile LoadEvent latest;

    void tell(LoadEvent event) {
        latest = event;
        for (LoadListener listener : listeners) {
            listener.on(event);
        }
    }

    void arrived(LoadedModel model) {
        arrival.complete(model);
    }

    void failed(RuntimeException failure) {
        arrival.completeExceptionally(failure);
    }

    boolean isUnderWay() {
        return !arrival.isDone();
    }

    boolean hasFailed() {
        return arrival.isCompletedExceptionally();
    }

    /** Told of the latest news at once, and of all that comes, on the thread that loads. */
    public void listen(LoadListener listener) {
        listeners.add(listener);
        LoadEvent known = latest;
        if (known != null) {
            listener.on(known);
        }
    }

    public void ignore(LoadListener listener) {
        listeners.remove(listener);
    }

    /**
     * Whether the model is there, after waiting for it for at most this time.
     *
     * @throws samovar.task.TaskException if it could not be loaded
     */
    public boolean await(long millis) {
        return model(millis) != null;
    }

    /** The model, or null if it did not come in this time. */
    LoadedModel model(long millis) {
        try {
            return arrival.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a model was loaded", e);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        }
    }
}
