package samovar.client.worker;

import samovar.chat.ChatTemplateException;
import samovar.config.ConfigException;
import samovar.generate.GenerationException;
import samovar.hub.HubException;
import samovar.image.ImageException;
import samovar.json.JsonException;
import samovar.runtime.RuntimeFault;
import samovar.task.TaskException;
import samovar.tokenizer.TokenizerException;
import samovar.wire.WireException;

/** What may fail in the worker, as the one exception that crosses to the page. */
final class WorkerFaults {
    private WorkerFaults() {}

    static TaskException asTaskException(RuntimeException fault) {
        if (fault instanceof TaskException task) {
            return task;
        }
        if (fault instanceof HubException hub) {
            return TaskException.of(hub);
        }
        if (isUnreadable(fault)) {
            return new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL, message(fault), "Choose another model.", fault);
        }
        return new TaskException(kind(fault), message(fault), "", fault);
    }

    /** One of the model's text files says what this library does not read. */
    private static boolean isUnreadable(RuntimeException fault) {
        return fault instanceof TokenizerException
                || fault instanceof ConfigException
                || fault instanceof JsonException;
    }

    private static TaskException.Kind kind(RuntimeException fault) {
        if (fault instanceof RuntimeFault runtime) {
            return kind(runtime.kind());
        }
        if (fault instanceof ChatTemplateException) {
            return TaskException.Kind.CHAT_TEMPLATE;
        }
        if (fault instanceof GenerationException || fault instanceof WireException || fault instanceof ImageException) {
            return TaskException.Kind.INVALID_REQUEST;
        }
        return TaskException.Kind.RUN;
    }

    private static TaskException.Kind kind(RuntimeFault.Kind kind) {
        return switch (kind) {
            case MISSING_FILE, DAMAGED_FILE, UNSUPPORTED_MODEL, OUT_OF_MEMORY, STORAGE_FULL, CANCELLED ->
                TaskException.Kind.LOAD;
            case DEVICE_LOST -> TaskException.Kind.BACKEND_LOST;
            case FAILED_RUN -> TaskException.Kind.RUN;
        };
    }

    private static String message(RuntimeException fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }
}
