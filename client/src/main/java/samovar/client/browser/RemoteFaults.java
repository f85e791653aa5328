package samovar.client.browser;

import samovar.task.TaskException;
import samovar.wire.ErrorBody;

/** What a server's refusal, or its silence, means for the visitor. */
final class RemoteFaults {
    private static final String GO_ON = "Try again in a moment, or run the model in this browser.";

    private RemoteFaults() {}

    static TaskException refused(int status, String body) {
        ErrorBody error = ErrorBody.find(body)
                .orElseGet(
                        () -> new ErrorBody("the server answered with status " + status, ErrorBody.SERVER, null, null));
        return ofBody(status, error);
    }

    static TaskException ofBody(int status, ErrorBody error) {
        TaskException.Kind kind = kind(status, error);
        return new TaskException(kind, error.message(), nextStep(kind));
    }

    static TaskException broken(String reason, boolean midAnswer, Throwable cause) {
        String when = midAnswer ? "the server went away in the middle of its answer" : "the server can't be reached";
        return new TaskException(TaskException.Kind.BACKEND_LOST, when + ": " + reason, GO_ON, cause);
    }

    private static TaskException.Kind kind(int status, ErrorBody error) {
        String code = error.code() == null ? "" : error.code();
        if (code.equals("model_not_found") || status == 404) {
            return TaskException.Kind.UNKNOWN_MODEL;
        }
        if (code.equals(TaskException.Kind.GATED_MODEL.label())) {
            return TaskException.Kind.GATED_MODEL;
        }
        if (code.equals(TaskException.Kind.HUB_UNAVAILABLE.label())) {
            return TaskException.Kind.HUB_UNAVAILABLE;
        }
        if (code.equals("context_length_exceeded")) {
            return TaskException.Kind.PROMPT_TOO_LONG;
        }
        if (status == 503 || status == 429) {
            return TaskException.Kind.BUSY;
        }
        if (status == 502 || status == 504) {
            return TaskException.Kind.BACKEND_LOST;
        }
        return status >= 400 && status < 500 ? TaskException.Kind.INVALID_REQUEST : TaskException.Kind.RUN;
    }

    private static String nextStep(TaskException.Kind kind) {
        return switch (kind) {
            case UNKNOWN_MODEL -> "Choose another model.";
            case PROMPT_TOO_LONG -> "Clear the conversation, or shorten the message.";
            case BUSY, BACKEND_LOST, RUN, LOAD -> GO_ON;
            case INVALID_REQUEST,
                    CHAT_TEMPLATE,
                    NO_CHAT_TEMPLATE,
                    UNSUPPORTED_MODEL,
                    GATED_MODEL,
                    HUB_UNAVAILABLE,
                    PLAN,
                    CLOSED -> "";
        };
    }
}
