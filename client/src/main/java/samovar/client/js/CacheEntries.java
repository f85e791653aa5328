package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;

/** What a {@link WebCache} keeps, by the paths of its addresses. */
public final class CacheEntries {
    private CacheEntries() {}

    /** Deletes all whose path begins with one text and not with the other. */
    @JSBody(
            params = {"cache", "prefix", "kept"},
            script = "return cache.keys().then(function(all) { return Promise.all(all.filter(function(request) {"
                    + " var path = new URL(request.url).pathname;"
                    + " return path.startsWith(prefix) && !path.startsWith(kept); })"
                    + ".map(function(request) { return cache.delete(request); })); });")
    public static native JSPromise<JSObject> deleteOthers(WebCache cache, String prefix, String kept);
}
