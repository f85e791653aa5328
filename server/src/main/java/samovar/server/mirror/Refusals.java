package samovar.server.mirror;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import samovar.hub.HubException;
import samovar.hub.Revision;
import samovar.json.JsonWriter;
import samovar.jvm.hub.HubFiles;

/** Answers what could not be had as the Hub does: a status, the code in a header, and a message in words. */
final class Refusals {
    private static final int MOST_CHARS = 500;

    private final HubFiles files;

    Refusals(HubFiles files) {
        this.files = files;
    }

    void install(JavalinConfig config) {
        config.routes.exception(HubException.class, this::refuse);
    }

    private void refuse(HubException fault, Context context) {
        Sharing.share(context);
        HubException.Kind kind = kind(fault, context);
        for (String header :
                List.of("ETag", "Accept-Ranges", "Content-Range", "Content-Length", "X-Linked-Size", "X-Linked-Etag")) {
            context.removeHeader(header);
        }
        kind.errorCode().ifPresent(code -> context.header("X-Error-Code", code));
        context.header("X-Error-Message", headerText(fault.getMessage()));
        context.header("Cache-Control", "no-cache");
        context.status(status(kind, context)).contentType("application/json");
        context.result(JsonWriter.write(Map.of("error", fault.getMessage())));
    }

    private static int status(HubException.Kind kind, Context context) {
        return switch (kind) {
            case REPO_NOT_FOUND, REVISION_NOT_FOUND, ENTRY_NOT_FOUND -> 404;
            case GATED -> context.header("Authorization") == null ? 401 : 403;
            case INVALID -> 400;
            case OFFLINE -> 504;
            case UNAVAILABLE, CORRUPT -> 502;
        };
    }

    /**
     * A repository or revision that this mirror lacks and cannot ask for does not exist for its clients. A file that is known, but
     * not here, does: calling it absent would have them go on without it.
     */
    private HubException.Kind kind(HubException fault, Context context) {
        if (fault.kind() != HubException.Kind.OFFLINE || fault.subject().indexOf(':') >= 0) {
            return fault.kind();
        }
        return files.folders().has(Admission.repo(context), Revision.MAIN)
                ? HubException.Kind.REVISION_NOT_FOUND
                : HubException.Kind.REPO_NOT_FOUND;
    }

    /** Headers hold visible ASCII and spaces. */
    private static String headerText(String message) {
        StringBuilder text = new StringBuilder();
        message.chars().limit(MOST_CHARS).forEach(c -> text.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return text.toString();
    }
}
