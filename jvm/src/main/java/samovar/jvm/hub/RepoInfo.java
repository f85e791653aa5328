package samovar.jvm.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.json.Json;

/**
 * A repository at one commit: its files, what else its Hub says of it, and for whom it is. Immutable.
 *
 * <p>Whatever a Hub says of its chunked storage (members that begin with {@code xet}) is left out: a client that read it would go past
 * this mirror.
 */
public final class RepoInfo {
    /** Ours: stands in the cache's notes, and in no answer. */
    private static final String OPENED_BY_TOKEN = "samovarOpenedByToken";

    /** For whom a repository is. */
    public enum Reach {
        EVERYBODY,
        /** Anybody may know what it holds; its files are for accounts that accepted its terms. */
        GATED,
        /** Its very existence is for those who may read it. */
        PRIVATE
    }

    private final RepoListing listing;
    private final Map<String, Object> members;
    private final Reach reach;

    private RepoInfo(RepoListing listing, Map<String, Object> members, Reach reach) {
        this.listing = listing;
        this.members = members;
        this.reach = reach;
    }

    /** Of files that somebody laid into a folder of this machine. */
    static RepoInfo ofFolder(RepoListing listing) {
        return new RepoInfo(listing, Map.of(), Reach.EVERYBODY);
    }

    /**
     * Reads {@code /api/models/{id}/revision/{revision}?blobs=true}.
     *
     * @param asked the id that was asked for: a Hub answers for a renamed repository under its new one
     * @param withToken whether the token was sent, so that the answer may be for its owner alone
     * @return empty if it gives files without sizes or hashes
     */
    static Optional<RepoInfo> ofUpstream(Json info, RepoId asked, boolean withToken) {
        for (Json sibling : info.get("siblings").elements()) {
            boolean sized = !sibling.get("size").isNull()
                    || !sibling.get("lfs").get("size").isNull();
            boolean hashed = !sibling.get("blobId").isNull()
                    || !sibling.get("lfs").get("sha256").isNull();
            if (!sized || !hashed) {
                return Optional.empty();
            }
        }
        RepoListing listing = RepoListing.ofModelInfo(info);
        return Optional.of(ofUpstream(info, new RepoListing(asked, listing.commit(), listing.files()), withToken));
    }

    /** The same with files that were read elsewhere. */
    static RepoInfo ofUpstream(Json info, RepoListing listing, boolean withToken) {
        Map<String, Object> members = members(info);
        // A Hub that does not say for whom a repository is, asked with a token, may have opened it for its owner alone.
        if (withToken && (info.get("gated").isNull() || info.get("private").isNull())) {
            members.put(OPENED_BY_TOKEN, true);
        }
        return new RepoInfo(listing, members, reach(Json.of(members, "info")));
    }

    /** Reads {@link #toNote}. */
    static RepoInfo ofNote(Json note) {
        return new RepoInfo(RepoListing.ofModelInfo(note), members(note), reach(note));
    }

    private static Map<String, Object> members(Json info) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : info.keys()) {
            members.put(name, withoutXet(info.get(name)));
        }
        members.keySet().removeIf(RepoInfo::isXet);
        members.remove("siblings");
        return members;
    }

    private static Reach reach(Json info) {
        if (info.get("private").asBoolean(false)) {
            return Reach.PRIVATE;
        }
        // false, or the kind of gate: "auto" or "manual".
        Json gated = info.get("gated");
        boolean open = gated.isNull() || (gated.isBoolean() && !gated.asBoolean());
        if (!open) {
            return Reach.GATED;
        }
        return info.get(OPENED_BY_TOKEN).asBoolean(false) ? Reach.PRIVATE : Reach.EVERYBODY;
    }

    private static boolean isXet(String name) {
        return name.regionMatches(true, 0, "xet", 0, 3);
    }

    /** A value for {@link samovar.json.JsonWriter} without members whose name begins with xet, at any depth. */
    public static Object withoutXet(Json value) {
        if (value.isArray()) {
            List<Object> elements = new ArrayList<>();
            value.elements().forEach(element -> elements.add(withoutXet(element)));
            return elements;
        }
        if (value.isObject()) {
            Map<String, Object> kept = new LinkedHashMap<>();
            for (String name : value.keys()) {
                if (!isXet(name)) {
                    kept.put(name, withoutXet(value.get(name)));
                }
            }
            return kept;
        }
        return value.raw();
    }

    public RepoListing listing() {
        return listing;
    }

    public Reach reach() {
        return reach;
    }

    public boolean isPublic() {
        return reach == Reach.EVERYBODY;
    }

    /** The answer of {@code /api/models/{id}?blobs=true}, for {@link samovar.json.JsonWriter}. */
    public Map<String, Object> toModelInfo() {
        return toModelInfo(listing);
    }

    /** The same with other hashes of the same files. */
    public Map<String, Object> toModelInfo(RepoListing files) {
        Map<String, Object> info = toNote(files);
        info.remove(OPENED_BY_TOKEN);
        return info;
    }

    /** What the cache remembers. */
    Map<String, Object> toNote() {
        return toNote(listing);
    }

    private Map<String, Object> toNote(RepoListing files) {
        Map<String, Object> own = files.toModelInfo();
        Map<String, Object> info = new LinkedHashMap<>(own);
        info.putAll(members);
        for (String name : List.of("id", "modelId", "sha", "siblings")) {
            info.put(name, own.get(name));
        }
        return info;
    }

    /** The file, if it is there. */
    Optional<RepoFile> find(String path) {
        return listing.find(path);
    }
}
