package samovar.client.js;

import org.teavm.jso.JSBody;

/** The global scope of a dedicated worker. */
public final class WorkerScope {
    private WorkerScope() {}

    @JSBody(params = "text", script = "globalThis.postMessage(text);")
    public static native void postMessage(String text);

    /** Texts that the page posts. The listener is called by JavaScript and must not await. */
    @JSBody(params = "listener", script = "globalThis.onmessage = function(event) { listener(String(event.data)); };")
    public static native void onMessage(TextListener listener);
}
