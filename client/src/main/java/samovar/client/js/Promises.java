package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** Promises in company. */
public final class Promises {
    private Promises() {}

    /** A rejection that nobody comes to wait for is no error of the page's. */
    @JSBody(params = "promise", script = "promise.then(null, function() {});")
    public static native void mayFailUnseen(JSPromise<?> promise);

    /** The promise's value, or null after this time; the promise goes on either way, and may be awaited again. */
    @JSBody(
            params = {"promise", "millis"},
            script = "return new Promise(function(resolve, reject) {"
                    + " var timer = setTimeout(function() { resolve(null); }, millis);"
                    + " promise.then(function(v) { clearTimeout(timer); resolve(v); },"
                    + " function(e) { clearTimeout(timer); reject(e); }); });")
    public static native <T extends JSObject> JSPromise<T> orNullAfter(JSPromise<T> promise, int millis);
}
