package samovar.client.js;

import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** {@code navigator.gpu}. */
public interface Gpu extends JSObject {
    /** An adapter, or null where the browser offers none. */
    JSPromise<GpuAdapter> requestAdapter();
}
