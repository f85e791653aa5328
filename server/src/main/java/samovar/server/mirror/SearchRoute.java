package samovar.server.mirror;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.hub.Revision;
import samovar.jvm.hub.HubClient;
import samovar.jvm.hub.HubFiles;
import samovar.jvm.hub.RepoInfo;

/**
 * {@code /api/models?search=…}: what the upstream finds, in bounded pages; where none answers, what is here. A header says which.
 */
final class SearchRoute {
    private static final int MOST_FOUND = 100;
    private static final int MOST_QUERY_CHARS = 2000;
    private static final String SOURCE = "X-Samovar-Source";

    private final HubFiles files;
    private final Admission admission;

    SearchRoute(HubFiles files, Admission admission) {
        this.files = files;
        this.admission = admission;
    }

    void install(JavalinConfig config) {
        config.routes.get("/api/models", this::search);
        config.routes.head("/api/models", this::search);
        config.routes.options("/api/models", Sharing::preflight);
    }

    private void search(Context context) {
        Sharing.share(context);
        Optional<HubClient.Found> found = upstream(context);
        if (found.isEmpty()) {
            context.header(SOURCE, "here");
            RepoRoutes.json(context, here(context));
            return;
        }
        context.header(SOURCE, "hub");
        found.get().nextQuery().ifPresent(query -> OwnLinks.nextQuery(context, query));
        RepoRoutes.json(context, RepoInfo.withoutXet(found.get().models()));
    }

    private Optional<HubClient.Found> upstream(Context context) {
        String query = query(context);
        try {
            return admission.source(context).search(query, admission.holdsKey(context));
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.UNAVAILABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The client's parameters, written anew, with a limit. */
    private static String query(Context context) {
        StringJoiner query = new StringJoiner("&");
        context.queryParamMap().forEach((name, values) -> {
            if (!name.equals("limit")) {
                values.forEach(value -> query.add(OwnLinks.pair(name, value)));
            }
        });
        query.add("limit=" + TreeCursor.limit(context.queryParam("limit"), MOST_FOUND));
        if (query.length() > MOST_QUERY_CHARS) {
            throw new HubException(
                    HubException.Kind.INVALID,
                    "search",
                    "the query has " + query.length() + " characters; at most " + MOST_QUERY_CHARS);
        }
        return query.toString();
    }

    /** Model folders and cache, by parts of their ids and by author; other filters need the Hub. */
    private List<Object> here(Context context) {
        int limit = TreeCursor.limit(context.queryParam("limit"), MOST_FOUND);
        Map<RepoId, RepoInfo> all = new LinkedHashMap<>();
        for (RepoId repo : files.folders().repositories()) {
            all.put(repo, files.info(repo, Revision.MAIN));
        }
        files.remembered().forEach(info -> all.putIfAbsent(info.listing().repo(), info));
        boolean owner = admission.holdsKey(context);
        List<Object> found = new ArrayList<>();
        for (RepoInfo info : all.values()) {
            boolean shown = owner || info.reach() != RepoInfo.Reach.PRIVATE;
            if (shown && found.size() < limit && matches(context, info.listing().repo())) {
                Map<String, Object> entry = info.toModelInfo();
                entry.remove("siblings");
                found.add(entry);
            }
        }
        return found;
    }

    private static boolean matches(Context context, RepoId repo) {
        String author = context.queryParam("author");
        String search =
                Optional.ofNullable(context.queryParam("search")).orElse("").toLowerCase(Locale.ROOT);
        String id = repo.toString().toLowerCase(Locale.ROOT);
        boolean named = true;
        for (String word : search.split(" ", -1)) {
            named &= id.contains(word);
        }
        return named && (author == null || author.equals(repo.org()));
    }
}
