package samovar.server.mirror;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.JsonWriter;
import samovar.jvm.hub.Content;
import samovar.jvm.hub.HubFiles;
import samovar.server.http.AccessRule;
import samovar.server.http.FileAnswer;

/** The Hub's routes. */
public final class MirrorRoutes {
    private static final String EXPOSED =
            "ETag, X-Repo-Commit, X-Linked-Size, X-Linked-Etag, X-Error-Code, X-Error-Message,"
                    + " Content-Length, Content-Range, Accept-Ranges, Link";
    private static final String REVALIDATE = "no-cache";
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final HubFiles files;
    private final HubFiles present;
    private final AccessRule access;
    private final boolean opensGates;
    private final FileTags tags;

    /** @param opensGates whether the upstream is asked with an access token, so that what it gives is not for everybody */
    public MirrorRoutes(HubFiles files, AccessRule access, boolean opensGates) {
        this.files = files;
        this.present = files.withoutUpstream();
        this.access = access;
        this.opensGates = opensGates;
        this.tags = new FileTags(files.folders());
    }

    public void install(JavalinConfig config) {
        String file = "/{org}/{name}/resolve/{revision}/<path>";
        config.routes.get(file, this::file);
        config.routes.head(file, this::file);
        config.routes.options(file, MirrorRoutes::preflight);
        String raw = "/{org}/{name}/raw/{revision}/<path>";
        config.routes.get(raw, this::raw);
        config.routes.head(raw, this::raw);
        config.routes.options(raw, MirrorRoutes::preflight);
        String model = "/api/models/{org}/{name}";
        for (String path : List.of(model, model + "/revision/{revision}")) {
            config.routes.get(path, this::modelInfo);
            config.routes.head(path, this::modelInfo);
        }
        for (String path : List.of(model + "/tree/{revision}", model + "/tree/{revision}/<path>")) {
            config.routes.get(path, this::tree);
            config.routes.head(path, this::tree);
        }
        config.routes.options("/api/models/<path>", MirrorRoutes::preflight);
        config.routes.exception(HubException.class, this::refuse);
    }

    private void file(Context context) throws IOException {
        admit(context);
        RepoListing listing = listing(context);
        RepoFile file = find(listing, context);
        String path = file.path();
        String etag = tags.of(listing.repo(), file);
        context.header("X-Repo-Commit", listing.commit());
        if (tags.isLarge(file)) {
            context.header("X-Linked-Size", String.valueOf(file.sizeBytes()));
            context.header("X-Linked-Etag", etag);
        }
        boolean fixed = revision(context).isCommit();
        context.header("Cache-Control", fixed ? FOREVER : REVALIDATE);
        context.header("Content-Disposition", "inline; filename=\"" + asciiName(file) + "\"");
        String type = ContentTypes.of(path);
        if (context.method().equals(HandlerType.HEAD) || FileAnswer.isUnchanged(context, etag)) {
            // A question about a file of the upstream is no reason to download it.
            FileAnswer.writeHead(context, file.sizeBytes(), etag, type);
            return;
        }
        try (Content content = source(context).open(listing, file)) {
            FileAnswer.write(context, content::read, content.sizeBytes(), etag, type);
        }
    }

    /** What git holds: the content of small files, the pointer of large ones. */
    private void raw(Context context) throws IOException {
        admit(context);
        RepoListing listing = listing(context);
        RepoFile file = find(listing, context);
        if (!tags.isLarge(file)) {
            file(context);
            return;
        }
        String hash = tags.of(listing.repo(), file).replace("\"", "");
        context.status(200).contentType("text/plain; charset=utf-8");
        context.header("X-Repo-Commit", listing.commit());
        context.result(
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + hash + "\nsize " + file.sizeBytes() + "\n");
    }

    private static RepoFile find(RepoListing listing, Context context) {
        String path = RepoFile.checkPath(context.pathParam("path"));
        return listing.find(path)
                .orElseThrow(() -> new HubException(
                        HubException.Kind.ENTRY_NOT_FOUND,
                        listing.repo() + ":" + path,
                        listing.repo() + " at " + listing.commit() + " has no file " + path));
    }

    private void modelInfo(Context context) {
        admit(context);
        json(context, listing(context).toModelInfo());
    }

    private void tree(Context context) {
        admit(context);
        RepoListing listing = listing(context);
        context.header("X-Repo-Commit", listing.commit());
        String folder = context.pathParamMap().getOrDefault("path", "");
        boolean recursive = isTrue(context.queryParam("recursive"));
        json(context, Tree.of(listing, folder, recursive));
    }

    private RepoListing listing(Context context) {
        RepoId repo = new RepoId(context.pathParam("org"), context.pathParam("name"));
        return source(context).list(repo, revision(context));
    }

    /** The pages of other sites may read what is here, but not have this machine download. */
    private HubFiles source(Context context) {
        return access.isForeignPage(context) ? present : files;
    }

    private static Revision revision(Context context) {
        String revision = context.pathParamMap().get("revision");
        // HEAD is git's word for the default branch, which @huggingface/hub uses.
        return revision == null || revision.equals("HEAD") ? Revision.MAIN : new Revision(revision);
    }

    private static boolean isTrue(String flag) {
        return flag != null && (flag.equalsIgnoreCase("true") || flag.equals("1"));
    }

    private static void json(Context context, Object value) {
        context.status(200).contentType("application/json").header("Cache-Control", REVALIDATE);
        context.result(JsonWriter.write(value));
    }

    private static String asciiName(RepoFile file) {
        StringBuilder name = new StringBuilder();
        file.fileName().chars().forEach(c -> name.append(c > 0x1f && c < 0x7f && c != '"' ? (char) c : '_'));
        return name.toString();
    }

    private static void preflight(Context context) {
        share(context);
        context.header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
        context.header("Access-Control-Allow-Headers", "*, Authorization, Range");
        context.header("Access-Control-Max-Age", "86400");
        context.status(204);
    }

    private void admit(Context context) {
        share(context);
        if (opensGates) {
            access.checkOwn(context);
        }
    }

    /** Public files may be read by any origin. */
    private static void share(Context context) {
        context.header("Access-Control-Allow-Origin", "*");
        context.header("Access-Control-Expose-Headers", EXPOSED);
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private void refuse(HubException fault, Context context) {
        share(context);
        HubException.Kind kind = kind(fault, context);
        int status =
                switch (kind) {
                    case REPO_NOT_FOUND, REVISION_NOT_FOUND, ENTRY_NOT_FOUND -> 404;
                    case GATED -> 403;
                    case INVALID -> 400;
                    case OFFLINE -> 504;
                    case UNAVAILABLE, CORRUPT -> 502;
                };
        for (String header : List.of("ETag", "Accept-Ranges", "Content-Range", "Content-Length")) {
            context.removeHeader(header);
        }
        kind.errorCode().ifPresent(code -> context.header("X-Error-Code", code));
        context.header("X-Error-Message", headerText(fault.getMessage()));
        context.header("Cache-Control", REVALIDATE);
        context.status(status).contentType("application/json");
        context.result(JsonWriter.write(Map.of("error", fault.getMessage())));
    }

    /**
     * A repository or revision that this mirror lacks and cannot ask for does not exist for its clients. A file that is known, but
     * not here, does: calling it absent would have them go on without it.
     */
    private HubException.Kind kind(HubException fault, Context context) {
        if (fault.kind() != HubException.Kind.OFFLINE || fault.subject().indexOf(':') >= 0) {
            return fault.kind();
        }
        RepoId repo = new RepoId(context.pathParam("org"), context.pathParam("name"));
        return files.folders().has(repo, Revision.MAIN)
                ? HubException.Kind.REVISION_NOT_FOUND
                : HubException.Kind.REPO_NOT_FOUND;
    }

    /** Headers hold visible ASCII and spaces. */
    private static String headerText(String message) {
        StringBuilder text = new StringBuilder();
        message.chars().limit(500).forEach(c -> text.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return text.toString();
    }
}
