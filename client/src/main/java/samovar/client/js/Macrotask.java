package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSUndefined;

/** A turn of the event loop: messages that wait are delivered before the promise is fulfilled. */
public final class Macrotask {
    private Macrotask() {}

    /** Through a MessageChannel, which no browser delays as it does nested timers. */
    @JSBody(
            script = "return new Promise(function(resolve) { var c = globalThis.samovarTurn;"
                    + " if (!c) { c = globalThis.samovarTurn = new MessageChannel(); c.waiting = [];"
                    + " c.port1.onmessage = function() { c.waiting.shift()(); }; }"
                    + " c.waiting.push(resolve); c.port2.postMessage(0); });")
    public static native JSPromise<JSUndefined> next();

    /** When this worker's last message came, which was a turn as well; in {@code performance.now()}, 0 where none has come. */
    @JSBody(script = "return globalThis.samovarHeard || 0;")
    public static native double heardAt();

    @JSBody(params = "millis", script = "return new Promise(function(resolve) { setTimeout(resolve, millis); });")
    public static native JSPromise<JSUndefined> after(int millis);
}
