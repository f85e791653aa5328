package samovar.jvm.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import samovar.hub.HubException;

/** One download under way, and everybody who waits for it. Shared between threads. */
final class Flight {
    private final CompletableFuture<Path> arrival = new CompletableFuture<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    Flight(LongConsumer first) {
        listeners.add(first);
    }

    void report(long receivedBytes) {
        for (LongConsumer listener : listeners) {
            listener.accept(receivedBytes);
        }
    }

    void land(Path blob) {
        arrival.complete(blob);
    }

    void fail(HubException fault) {
        arrival.completeExceptionally(fault);
    }

    /** Waits with the others; a failure is everybody's. */
    Path join(VerifiedCache.Wanted wanted, LongConsumer progress) {
        listeners.add(progress);
        try {
            return arrival.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(
                    HubException.Kind.UNAVAILABLE,
                    wanted.subject(),
                    "interrupted while waiting for the download of " + wanted.subject(),
                    e);
        } catch (ExecutionException e) {
            HubException fault = (HubException) e.getCause();
            throw new HubException(fault.kind(), fault.subject(), fault.getMessage(), fault);
        } finally {
            listeners.remove(progress);
        }
    }
}
