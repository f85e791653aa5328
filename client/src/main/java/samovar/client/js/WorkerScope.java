package samovar.client.js;

import org.teavm.jso.JSBody;

/** The global scope of a dedicated worker. */
public final class WorkerScope {
    private WorkerScope() {}

    @JSBody(params = "text", script = "globalThis.postMessage(text);")
    public static native void postMessage(String text);

    /** What the page posts: a text, or a text with bytes. The listener is called by JavaScript and must not await. */
    @JSBody(
            params = "listener",
            script =
                    "globalThis.onmessage = function(event) { globalThis.samovarHeard = performance.now(); var data = event.data;"
                            + " if (typeof data === 'string') { listener(data, null); }"
                            + " else { listener(String(data.text), data.bytes); } };")
    public static native void onMessage(MessageListener listener);
}
