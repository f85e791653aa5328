package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSUndefined;

/** A promise that is fulfilled from outside: how a callback of JavaScript wakes a coroutine. */
@JSClass(transparent = true)
public abstract class Deferred implements JSObject {
    @JSBody(
            script =
                    "var d = {}; d.promise = new Promise(function(resolve) { d.resolve = function() { resolve(); }; });"
                            + " return d;")
    public static native Deferred create();

    @JSProperty
    public abstract JSPromise<JSUndefined> getPromise();

    /** Fulfils the promise; a second call does nothing. */
    public abstract void resolve();
}
