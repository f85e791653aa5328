package samovar.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.task.TaskException;
import samovar.wire.ErrorBody;
import samovar.wire.WireException;

/**
 * Turns whatever a handler throws into an answer, in this order: the client is gone (no answer, no fault of anybody's), a fault
 * known to be answered, and the unknown, which is logged and answered without its details.
 */
public final class ErrorMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);
    private static final String RETRY_SECONDS = "2";

    private ErrorMapper() {}

    /** Maps for all routes. A room may map exceptions of its own besides. */
    public static void install(JavalinConfig config) {
        config.routes.exception(ClientGone.class, (gone, context) -> LOG.debug("{} hung up", context.path()));
        config.routes.exception(EofException.class, (gone, context) -> LOG.debug("{} hung up", context.path()));
        config.routes.exception(HttpFault.class, (fault, context) -> answer(context, fault));
        config.routes.exception(
                WireException.class, (fault, context) -> answer(context, new HttpFault(400, fault.body())));
        config.routes.exception(TaskException.class, (failure, context) -> answer(context, of(failure)));
        config.routes.exception(
                HttpResponseException.class, (refusal, context) -> answer(context, of(refusal, context)));
        config.routes.exception(IOException.class, ErrorMapper::unknown);
        config.routes.exception(Exception.class, ErrorMapper::unknown);
    }

    /** A task's failure with its status. */
    public static HttpFault of(TaskException failure) {
        ErrorBody body = ErrorBody.of(failure);
        return switch (failure.kind()) {
            case INVALID_REQUEST, CHAT_TEMPLATE, PROMPT_TOO_LONG, NO_CHAT_TEMPLATE, UNSUPPORTED_MODEL, PLAN ->
                new HttpFault(400, body);
            case UNKNOWN_MODEL -> new HttpFault(404, body);
            case GATED_MODEL -> new HttpFault(403, body);
            case BUSY, HUB_UNAVAILABLE, CLOSED -> new HttpFault(503, body).header("Retry-After", RETRY_SECONDS);
            case BACKEND_LOST -> new HttpFault(502, body);
            case LOAD, RUN -> {
                LOG.error("{} failed", failure.kind().label(), failure);
                yield new HttpFault(500, body);
            }
        };
    }

    /** A refusal of Javalin's own. */
    static HttpFault of(HttpResponseException refusal, Context context) {
        int status = refusal.getStatus();
        String message =
                switch (status) {
                    case 404 -> "Unknown address: " + context.method() + " " + context.path() + ".";
                    case 405 -> "Method " + context.method() + " is not allowed for " + context.path() + ".";
                    case 413 -> "The body is too large.";
                    default -> String.valueOf(refusal.getMessage());
                };
        String code =
                switch (status) {
                    case 404 -> "unknown_url";
                    case 405 -> "method_not_allowed";
                    default -> null;
                };
        String type = status < 500 ? ErrorBody.INVALID_REQUEST : ErrorBody.SERVER;
        HttpFault fault = new HttpFault(status, new ErrorBody(message, type, null, code));
        // Javalin's only detail of a 405 is the methods, under a name for people.
        if (status == 405 && !refusal.getDetails().isEmpty()) {
            fault.header("Allow", String.join(", ", refusal.getDetails().values()));
        }
        return fault;
    }

    private static void unknown(Exception fault, Context context) {
        answer(context, new HttpFault(500, logged(fault, context)));
    }

    /** What a client is told of a failure in the middle of its answer. */
    static ErrorBody midAnswer(RuntimeException failure, Context context) {
        if (failure instanceof HttpFault fault) {
            return fault.body();
        }
        return failure instanceof TaskException task ? of(task).body() : logged(failure, context);
    }

    private static ErrorBody logged(Exception fault, Context context) {
        LOG.error("{} {} failed", context.method(), context.path(), fault);
        return new ErrorBody("The server failed; its log says why.", ErrorBody.SERVER, null, "internal_error");
    }

    /** Answers with a fault, unless an answer is on its way already. */
    static void answer(Context context, HttpFault fault) {
        if (context.res().isCommitted()) {
            LOG.warn("{} failed in mid-answer: {}", context.path(), fault.getMessage());
            return;
        }
        context.res().resetBuffer();
        context.status(fault.status()).contentType("application/json");
        context.removeHeader("Content-Length");
        fault.headers().forEach(context::header);
        context.result(fault.body().toJson());
    }
}
