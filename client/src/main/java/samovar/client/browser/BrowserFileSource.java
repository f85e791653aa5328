package samovar.client.browser;

import java.util.HashMap;
import java.util.Map;
import org.teavm.jso.core.JSString;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.hub.FileSource;
import samovar.hub.HubException;
import samovar.hub.HubUrls;
import samovar.hub.RepoAbout;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;

/**
 * A Hub or mirror over {@code fetch}. Texts of a commit are kept for the next visit; listings are asked for anew, and taken from the last
 * visit where no answer comes.
 */
public final class BrowserFileSource implements FileSource {
    private static final RepoAbout NOTHING = new RepoAbout("", false);

    private final HubUrls urls;
    private final ModelCache cache = new ModelCache();
    private final Map<RepoId, RepoAbout> told = new HashMap<>();

    /** @param urls of the Hub; an empty base is the page's own origin */
    public BrowserFileSource(HubUrls urls) {
        this.urls = urls;
    }

    @Override
    public RepoListing list(RepoId repo, Revision revision) {
        String subject = repo + "@" + revision;
        String url = urls.modelInfo(repo, revision);
        String body;
        try {
            body = text(fetch(url, subject), subject);
            cache.keep(url, JSString.valueOf(body));
        } catch (HubException away) {
            // Without its server a page goes on with what it was told last.
            Response kept = away.kind() == HubException.Kind.UNAVAILABLE ? cache.find(url) : null;
            if (kept == null) {
                throw away;
            }
            body = text(kept, subject);
        }
        Json info = Json.parse(body, "the listing of " + repo);
        told.put(repo, RepoAbout.ofModelInfo(info));
        return RepoListing.ofModelInfo(info);
    }

    /** What the last listing of a repository told beside its files; nothing where it was not listed. */
    public RepoAbout about(RepoId repo) {
        return told.getOrDefault(repo, NOTHING);
    }

    @Override
    public String readText(RepoId repo, Revision revision, String path) {
        String subject = repo + "@" + revision + ":" + path;
        if (!revision.isCommit()) {
            return text(fetch(urls.resolve(repo, revision, path), subject), subject);
        }
        String key = HubUrls.cacheKey(repo, revision, path);
        Response kept = cache.find(key);
        if (kept != null) {
            return text(kept, subject);
        }
        String absent = key + "?absent";
        if (cache.find(absent) != null) {
            throw new HubException(
                    HubException.Kind.ENTRY_NOT_FOUND,
                    subject,
                    subject + " was not there; " + next(HubException.Kind.ENTRY_NOT_FOUND));
        }
        Response response = ask(urls.resolve(repo, revision, path), subject);
        if (code(response) == HubException.Kind.ENTRY_NOT_FOUND) {
            // A commit never gets a file later; so that the next visit need not ask for it. A 404 without the Hub's
            // word may pass.
            cache.keep(absent, JSString.valueOf(""));
        }
        String text = text(checked(response, subject), subject);
        cache.keep(key, JSString.valueOf(text));
        return text;
    }

    private static Response fetch(String url, String subject) {
        return checked(ask(url, subject), subject);
    }

    private static Response ask(String url, String subject) {
        try {
            return Await.of(Globals.fetch(url, null));
        } catch (JsFault fault) {
            throw unavailable(subject, fault.getMessage());
        }
    }

    /** What is read of models is never a web page, and what were kept of one would stay. */
    private static Response checked(Response response, String subject) {
        if (!response.isOk()) {
            throw refused(response, subject);
        }
        String type = response.getHeaders().get("Content-Type");
        if (type != null && type.startsWith("text/html")) {
            throw unavailable(subject, "a web page came in its place, perhaps of a proxy or a login");
        }
        return response;
    }

    /** The kind that the Hub has named; null where it named none. */
    private static HubException.Kind code(Response response) {
        return HubException.Kind.ofErrorCode(response.getHeaders().get("X-Error-Code"))
                .orElse(null);
    }

    private static String text(Response response, String subject) {
        try {
            return Await.of(response.text()).stringValue();
        } catch (JsFault fault) {
            throw unavailable(subject, fault.getMessage());
        }
    }

    private static HubException unavailable(String subject, String reason) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                "could not fetch " + subject + ": " + reason + "; check that the server is running, then try again");
    }

    private static HubException refused(Response response, String subject) {
        int status = response.getStatus();
        HubException.Kind named = code(response);
        String said = response.getHeaders().get("X-Error-Message");
        HubException.Kind kind = named != null ? named : kindOf(status);
        String reason = said != null && !said.isEmpty() ? said : "HTTP status " + status;
        return new HubException(kind, subject, subject + ": " + reason + "; " + next(kind));
    }

    private static HubException.Kind kindOf(int status) {
        if (status == 401 || status == 403) {
            return HubException.Kind.GATED;
        }
        return status == 404 ? HubException.Kind.ENTRY_NOT_FOUND : HubException.Kind.UNAVAILABLE;
    }

    private static String next(HubException.Kind kind) {
        return switch (kind) {
            case REPO_NOT_FOUND, REVISION_NOT_FOUND -> "check the spelling of the model's id, org/name";
            case ENTRY_NOT_FOUND, INVALID -> "the model may have been made for another library";
            case GATED -> "accept the model's terms on the Hub, or choose another model";
            case OFFLINE -> "the server works offline: choose a model it already has";
            case UNAVAILABLE, CORRUPT -> "try again in a moment";
        };
    }
}
