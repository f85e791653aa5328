package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;

/** What a page and a worker both find in their global scope. */
public final class Globals {
    private Globals() {}

    /** Milliseconds since this realm began, with fractions. */
    @JSBody(script = "return performance.now();")
    public static native double performanceNow();

    /** Whether the page came over https or from this machine; browsers keep WebGPU, threads and storage from all others. */
    @JSBody(script = "return isSecureContext;")
    public static native boolean isSecure();

    /** Gigabytes of memory as the browser rounds them, 0 where it keeps them to itself. */
    @JSBody(script = "return navigator.deviceMemory || 0;")
    public static native double deviceMemory();

    @JSBody(
            params = {"url", "init"},
            script = "return fetch(url, init);")
    public static native JSPromise<Response> fetch(String url, JSObject init);

    /** The Cache Storage, or null on an insecure page. */
    @JSBody(script = "return globalThis.caches || null;")
    public static native CacheStorage caches();

    /** The WebGPU entry point, or null where the browser has none. */
    @JSBody(script = "return navigator.gpu || null;")
    public static native Gpu gpu();

    @JSBody(
            params = {"text", "form"},
            script = "return text.normalize(form);")
    public static native String normalize(String text, String form);

    /** The digest of bytes, as lower-case hexadecimal text; rejected on an insecure page. */
    @JSBody(
            params = "bytes",
            script =
                    "return crypto.subtle.digest('SHA-256', bytes).then(function(d) { return Array.from(new Uint8Array(d),"
                            + " function(b) { return b.toString(16).padStart(2, '0'); }).join(''); });")
    public static native JSPromise<JSString> sha256(JSObject bytes);

    @JSBody(params = "line", script = "console.warn(line);")
    public static native void warn(String line);
}
