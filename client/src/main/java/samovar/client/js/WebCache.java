package samovar.client.js;

import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSBoolean;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSUndefined;

/** One cache of {@link CacheStorage}: answers kept under their addresses. */
public interface WebCache extends JSObject {
    /** The answer kept, or undefined. */
    JSPromise<Response> match(String url);

    JSPromise<JSUndefined> put(String url, Response response);

    JSPromise<JSBoolean> delete(String url);
}
