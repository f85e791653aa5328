package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** {@code Worker}: a module worker as the page sees it. */
@JSClass(transparent = true)
public abstract class PageWorker implements JSObject {
    /** Starts the module at this address, relative to the page, by importing it and calling its {@code main}. */
    @JSBody(params = "url", script = "return new Worker(url, {type: 'module'});")
    public static native PageWorker start(String url);

    public abstract void postMessage(String text);

    /** Posts a text with a copy of bytes, which itself is moved and not copied again: the caller's stay the caller's. */
    @JSBody(
            params = {"worker", "text", "bytes"},
            script = "var own = bytes.slice(); worker.postMessage({text: text, bytes: own}, [own.buffer]);")
    public static native void post(PageWorker worker, String text, Int8Array bytes);

    public abstract void terminate();

    /** Texts that the worker posts, and the reason when it breaks. The listeners are called by JavaScript and must not await. */
    @JSBody(
            params = {"worker", "message", "failure"},
            script = "worker.onmessage = function(event) { message(String(event.data)); };"
                    + " worker.onerror = function(event) { event.preventDefault();"
                    + " failure(String(event.message || 'its script could not be loaded')); };")
    public static native void listen(PageWorker worker, TextListener message, TextListener failure);
}
