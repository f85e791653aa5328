package samovar.client.browser;

import org.teavm.jso.JSObject;
import samovar.client.js.Await;
import samovar.client.js.CacheEntries;
import samovar.client.js.CacheStorage;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.client.js.Responses;
import samovar.client.js.WebCache;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.hub.Revision;

/**
 * Files kept in the browser's Cache Storage under their {@link HubUrls#cacheKey}, commit included, so that what
 * a key names never changes. A browser without the storage, or with a full one, merely keeps nothing. Every method awaits.
 */
final class ModelCache {
    private static final String NAME = "samovar-models-1";

    private WebCache cache;

    /** The answer kept, or null. */
    Response find(String key) {
        WebCache opened = open();
        if (opened == null) {
            return null;
        }
        try {
            return Responses.orNull(Await.of(opened.match(key)));
        } catch (JsFault unreadable) {
            return null;
        }
    }

    /** Keeps a body; whether it is kept is the browser's to decide. */
    void keep(String key, JSObject body) {
        WebCache opened = open();
        if (opened == null) {
            return;
        }
        try {
            Await.of(opened.put(key, Responses.of(body)));
        } catch (JsFault full) {
            Globals.warn("not kept for the next visit: " + key + " (" + full.getMessage() + ")");
        }
    }

    /** Removes what earlier commits of a repository have left. */
    void forgetOtherCommits(RepoId repo, Revision commit) {
        WebCache opened = open();
        if (opened == null) {
            return;
        }
        String file = "x";
        String key = HubUrls.cacheKey(repo, commit, file);
        try {
            Await.of(CacheEntries.deleteOthers(
                    opened, "/" + repo + "/resolve/", key.substring(0, key.length() - file.length())));
        } catch (JsFault unreadable) {
            Globals.warn("older files of " + repo + " not removed: " + unreadable.getMessage());
        }
    }

    private WebCache open() {
        CacheStorage storage = Globals.caches();
        if (cache == null && storage != null) {
            try {
                cache = Await.of(storage.open(NAME));
            } catch (JsFault forbidden) {
                return null;
            }
        }
        return cache;
    }
}
