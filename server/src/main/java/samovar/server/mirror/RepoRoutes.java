package samovar.server.mirror;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;
import samovar.jvm.hub.RepoInfo;
import samovar.server.http.HttpFault;
import samovar.server.http.RequestBody;

/** What the Hub says of one repository: {@code /api/models/{id}}, its tree in pages, and of some of its paths. */
final class RepoRoutes {
    private static final int MOST_PATHS = 1000;

    private final Admission admission;
    private final FileTags tags;

    RepoRoutes(Admission admission, FileTags tags) {
        this.admission = admission;
        this.tags = tags;
    }

    void install(JavalinConfig config) {
        String model = "/api/models/{org}/{name}";
        for (String path : List.of(model, model + "/revision/{revision}")) {
            config.routes.get(path, this::modelInfo);
            config.routes.head(path, this::modelInfo);
        }
        for (String path : List.of(model + "/tree/{revision}", model + "/tree/{revision}/<path>")) {
            config.routes.get(path, this::tree);
            config.routes.head(path, this::tree);
        }
        String paths = model + "/paths-info/{revision}";
        config.routes.post(paths, this::pathsInfo);
        for (HandlerType other : List.of(HandlerType.GET, HandlerType.HEAD)) {
            config.routes.addHttpHandler(other, paths, context -> {
                throw HttpFault.methodNotAllowed(context.method() + " " + context.path(), "POST");
            });
        }
    }

    private void modelInfo(Context context) {
        Sharing.share(context);
        RepoInfo info = admission.described(context);
        context.header("X-Repo-Commit", info.listing().commit());
        json(context, info.toModelInfo());
    }

    private void tree(Context context) {
        Sharing.share(context);
        // A page of a branch that moved meanwhile is a page of the commit that the first one was of.
        TreeCursor from = TreeCursor.of(context);
        RepoInfo info = admission.described(context, from.revision());
        RepoListing listing = whole(info);
        context.header("X-Repo-Commit", listing.commit());
        List<Object> entries = Tree.of(
                listing, context.pathParamMap().getOrDefault("path", ""), isTrue(context.queryParam("recursive")));
        json(context, from.page(context, listing.commit(), entries));
    }

    /** Those of the asked paths that are there, of files and of folders. */
    private void pathsInfo(Context context) throws IOException {
        Sharing.share(context);
        RepoInfo info = admission.described(context);
        RepoListing listing = whole(info);
        context.header("X-Repo-Commit", listing.commit());
        Set<String> paths = paths(context);
        List<Object> found = new ArrayList<>();
        for (Object entry : Tree.of(listing, "", true)) {
            if (entry instanceof Map<?, ?> members && paths.contains(members.get("path"))) {
                found.add(entry);
            }
        }
        json(context, found);
    }

    /** The listing with every file's hashes. */
    private RepoListing whole(RepoInfo info) {
        RepoListing listing = info.listing();
        return new RepoListing(listing.repo(), listing.commit(), tags.whole(listing));
    }

    /** As JSON, or as a form's repeated field: clients send either. */
    private static Set<String> paths(Context context) throws IOException {
        List<String> paths;
        String type = String.valueOf(context.contentType());
        if (type.startsWith("application/x-www-form-urlencoded")) {
            paths = field(RequestBody.read(context), "paths=");
        } else {
            try {
                paths = Json.parse(RequestBody.read(context), "body")
                        .get("paths")
                        .listOf(Json::asString);
            } catch (JsonException e) {
                throw new HubException(HubException.Kind.INVALID, "paths-info", e.getMessage(), e);
            }
        }
        if (paths.size() > MOST_PATHS) {
            throw new HubException(
                    HubException.Kind.INVALID,
                    "paths-info",
                    paths.size() + " paths; at most " + MOST_PATHS + " at once");
        }
        paths.forEach(RepoFile::checkPath);
        return new LinkedHashSet<>(paths);
    }

    private static List<String> field(String form, String prefix) {
        List<String> values = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith(prefix)) {
                try {
                    values.add(URLDecoder.decode(pair.substring(prefix.length()), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new HubException(HubException.Kind.INVALID, "paths-info", e.getMessage(), e);
                }
            }
        }
        return values;
    }

    private static boolean isTrue(String flag) {
        return flag != null && (flag.equalsIgnoreCase("true") || flag.equals("1"));
    }

    static void json(Context context, Object value) {
        context.status(200).contentType("application/json").header("Cache-Control", MirrorRoutes.REVALIDATE);
        context.result(JsonWriter.write(value));
    }
}
