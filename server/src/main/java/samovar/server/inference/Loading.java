package samovar.server.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import samovar.dtype.DtypePlan;
import samovar.runtime.LoadEvent;

/** A model on its way, and all who wait for it. Methods may be called from any thread. */
public final class Loading {
    private final CompletableFuture<LoadedModel> arrival = new CompletableFuture<>();
    private final Catalog.Description description;
    private final DtypePlan plan;
    private final List<LoadWatch> watches = new ArrayList<>();
    private LoadEvent latest;

    Loading(Catalog.Description description, DtypePlan plan) {
        this.description = description;
        this.plan = plan;
    }

    /** The repository as it was when the loading began; what is loaded stays so, whatever becomes of it upstream. */
    Catalog.Description description() {
        return description;
    }

    DtypePlan plan() {
        return plan;
    }

    synchronized void tell(LoadEvent event) {
        latest = event;
        for (LoadWatch watch : watches) {
            watch.put(event);
        }
    }

    /** Whether the model was still waited for; if not, the caller keeps it. */
    boolean arrived(LoadedModel model) {
        return arrival.complete(model);
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

    /** The latest news, and all that comes, until it is ignored. */
    public synchronized LoadWatch watch() {
        LoadWatch watch = new LoadWatch();
        if (latest != null) {
            watch.put(latest);
        }
        watches.add(watch);
        return watch;
    }

    public synchronized void ignore(LoadWatch watch) {
        watches.remove(watch);
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
