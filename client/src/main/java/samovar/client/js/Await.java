package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;

/**
 * Waits for promises on the calling coroutine. Under WasmGC of TeaVM 0.15 a rejected await spoils every later one of its
 * fiber, so each promise is settled in JavaScript first and rethrown here.
 */
public final class Await {
    private Await() {}

    /**
     * The value of a promise.
     *
     * @throws JsFault if it is rejected
     */
    public static <T extends JSObject> T of(JSPromise<T> promise) {
        Settled<T> settled = settle(promise).await();
        if (settled.isFailed()) {
            throw new JsFault(settled.getName(), settled.getMessage());
        }
        return settled.getValue();
    }

    private interface Settled<T extends JSObject> extends JSObject {
        @JSProperty("failed")
        boolean isFailed();

        @JSProperty
        String getName();

        @JSProperty
        String getMessage();

        @JSProperty
        T getValue();
    }

    @JSBody(
            params = "promise",
            script =
                    "return promise.then(function(v) { return {value: v, failed: false}; }, function(e) { return {failed: true,"
                            + " name: String(e && e.name || 'Error'), message: String(e && e.message || e)}; });")
    private static native <T extends JSObject> JSPromise<Settled<T>> settle(JSPromise<T> promise);
}
