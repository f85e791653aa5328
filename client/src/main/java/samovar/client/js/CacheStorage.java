package samovar.client.js;

import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSBoolean;
import org.teavm.jso.core.JSPromise;

/** The browser's named caches. */
public interface CacheStorage extends JSObject {
    JSPromise<WebCache> open(String name);

    JSPromise<JSBoolean> delete(String name);
}
