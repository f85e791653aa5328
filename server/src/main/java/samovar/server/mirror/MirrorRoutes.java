package samovar.server.mirror;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;
import samovar.jvm.hub.Content;
import samovar.jvm.hub.HubFiles;
import samovar.jvm.hub.RepoInfo;
import samovar.server.http.AccessRule;
import samovar.server.http.FileAnswer;

/** The Hub's routes: its files here, what it says of them in {@link RepoRoutes} and {@link SearchRoute}. */
public final class MirrorRoutes {
    static final String REVALIDATE = "no-cache";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    /** What a key opened is not for caches that serve others. */
    private static final String FOREVER_FOR_ONE = "private, max-age=31536000, immutable";

    private final HubFiles files;
    private final Admission admission;
    private final FileTags tags;
    private final MirrorMeters meters;

    public MirrorRoutes(HubFiles files, AccessRule access, MirrorMeters meters) {
        this.files = files;
        this.meters = meters;
        this.admission = new Admission(files, access);
        this.tags = new FileTags(files.folders());
    }

    public void install(JavalinConfig config) {
        String file = "/{org}/{name}/resolve/{revision}/<path>";
        config.routes.get(file, this::file);
        config.routes.head(file, this::file);
        config.routes.options(file, Sharing::preflight);
        String raw = "/{org}/{name}/raw/{revision}/<path>";
        config.routes.get(raw, this::raw);
        config.routes.head(raw, this::raw);
        config.routes.options(raw, Sharing::preflight);
        new SearchRoute(files, admission).install(config);
        new RepoRoutes(admission, tags).install(config);
        config.routes.options("/api/models/<path>", Sharing::preflight);
        new Refusals(files).install(config);
    }

    private void file(Context context) throws IOException {
        Sharing.share(context);
        file(context, admission.opened(context));
    }

    private void file(Context context, RepoInfo info) throws IOException {
        RepoListing listing = info.listing();
        RepoFile file = find(listing, context);
        String etag = tags.of(listing.repo(), file);
        if (tags.isLarge(file)) {
            context.header("X-Linked-Size", String.valueOf(file.sizeBytes()));
            context.header("X-Linked-Etag", etag);
        }
        boolean fixed = Admission.revision(context).isCommit();
        context.header("Cache-Control", fixed ? (info.isPublic() ? FOREVER : FOREVER_FOR_ONE) : REVALIDATE);
        context.header("Content-Disposition", "inline; filename=\"" + asciiName(file) + "\"");
        String type = ContentTypes.of(file.path());
        if (context.method().equals(HandlerType.HEAD) || FileAnswer.isUnchanged(context, etag)) {
            // A question about a file of the upstream is no reason to download it.
            FileAnswer.writeHead(context, file.sizeBytes(), etag, type);
            return;
        }
        try (Content content = admission.source(context).open(info, file)) {
            FileAnswer.write(context, content::read, content.sizeBytes(), etag, type, meters::sent);
        }
    }

    /** What git holds: the content of small files, the pointer of large ones. */
    private void raw(Context context) throws IOException {
        Sharing.share(context);
        RepoInfo info = admission.opened(context);
        RepoListing listing = info.listing();
        RepoFile file = find(listing, context);
        if (!tags.isLarge(file)) {
            file(context, info);
            return;
        }
        String hash = tags.of(listing.repo(), file).replace("\"", "");
        context.status(200).contentType("text/plain; charset=utf-8");
        context.result(FileTags.pointer(hash, file.sizeBytes()));
    }

    /** Clients note by the commit that a file is not there. */
    private static RepoFile find(RepoListing listing, Context context) {
        String path = RepoFile.checkPath(context.pathParam("path"));
        context.header("X-Repo-Commit", listing.commit());
        return listing.find(path)
                .orElseThrow(() -> new HubException(
                        HubException.Kind.ENTRY_NOT_FOUND,
                        listing.repo() + ":" + path,
                        listing.repo() + " at " + listing.commit() + " has no file " + path));
    }

    private static String asciiName(RepoFile file) {
        StringBuilder name = new StringBuilder();
        file.fileName().chars().forEach(c -> name.append(c > 0x1f && c < 0x7f && c != '"' ? (char) c : '_'));
        return name.toString();
    }
}
