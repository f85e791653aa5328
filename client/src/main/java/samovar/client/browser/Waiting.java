package samovar.client.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import samovar.client.js.Await;
import samovar.client.js.Promises;
import samovar.platform.CancellationFlag;

/** Waits for a promise as long as nobody cancels. */
final class Waiting {
    private static final int POLL_MILLIS = 20;

    private Waiting() {}

    /** The promise's value, or null once the flag is raised. Awaits. */
    static <T extends JSObject> T orCancelled(JSPromise<T> promise, CancellationFlag cancellation) {
        // Where the flag is up already, the caller aborts what the promise stands for.
        Promises.mayFailUnseen(promise);
        while (!cancellation.isRaised()) {
            T value = Await.of(Promises.orNullAfter(promise, POLL_MILLIS));
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
