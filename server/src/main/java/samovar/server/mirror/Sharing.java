package samovar.server.mirror;

import io.javalin.http.Context;

/** The headers that let pages of any origin read an answer, with what the Hub's clients look for in it. */
final class Sharing {
    private static final String EXPOSED =
            "ETag, X-Repo-Commit, X-Linked-Size, X-Linked-Etag, X-Error-Code, X-Error-Message,"
                    + " X-Samovar-Source, Content-Length, Content-Range, Accept-Ranges, Link";

    private Sharing() {}

    static void share(Context context) {
        context.header("Access-Control-Allow-Origin", "*");
        context.header("Access-Control-Expose-Headers", EXPOSED);
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    static void preflight(Context context) {
        share(context);
        context.header("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS");
        context.header("Access-Control-Allow-Headers", "*, Authorization, Range");
        context.header("Access-Control-Max-Age", "86400");
        context.status(204);
    }
}
