package samovar.client.worker;

import samovar.chat.ChatTemplateException;
import samovar.generate.GenerationException;
import samovar.hub.HubException;
import samovar.runtime.RuntimeFault;
import samovar.task.TaskException;
import samovar.wire.WireException;

/** What may fail in the worker, as the one exception that crosses to the page. */
final class WorkerFaults {
    private WorkerFaults() {}

    static TaskException asTaskException(RuntimeException fault) {
        if (fault instanceof TaskException task) {
            return task;
        }
        return new TaskException(kind(fault), message(fault), "", fault);
    }

    private static TaskException.Kind kind(RuntimeException fault) {
        if (fault instanceof RuntimeFault runtime) {
            return kind(runtime.kind());
        }
        if (fault instanceof HubException hub) {
            return kind(hub.kind());
        }
        if (fault instanceof ChatTemplateException) {
            return TaskException.Kind.CHAT_TEMPLATE;
        }
        if (fault instanceof GenerationException || fault instanceof WireException) {
            return TaskException.Kind.INVALID_REQUEST;
        }
        return TaskException.Kind.RUN;
    }

    private static TaskException.Kind kind(RuntimeFault.Kind kind) {
        return switch (kind) {
            case MISSING_FILE, DAMAGED_FILE, UNSUPPORTED_MODEL, OUT_OF_MEMORY, CANCELLED -> TaskException.Kind.LOAD;
            case DEVICE_LOST -> TaskException.Kind.BACKEND_LOST;
            case FAILED_RUN -> TaskException.Kind.RUN;
        };
    }

    private static TaskException.Kind kind(HubException.Kind kind) {
        return switch (kind) {
            case REPO_NOT_FOUND, REVISION_NOT_FOUND, INVALID, GATED -> TaskException.Kind.UNKNOWN_MODEL;
            case ENTRY_NOT_FOUND, OFFLINE, UNAVAILABLE, CORRUPT -> TaskException.Kind.LOAD;
        };
    }

    private static String message(RuntimeException fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }
}
