package samovar.server.inference;

import samovar.chat.ChatTemplateException;
import samovar.config.ConfigException;
import samovar.dtype.DtypePlanException;
import samovar.generate.GenerationException;
import samovar.hub.HubException;
import samovar.json.JsonException;
import samovar.runtime.RuntimeFault;
import samovar.task.TaskException;
import samovar.tokenizer.TokenizerException;

/** The failures of the rooms below, as failures of the task that a client asked for. */
final class Failures {
    private Failures() {}

    /** For planning and loading the model of this id. */
    static RuntimeException ofLoading(String model, RuntimeException failure) {
        if (failure instanceof HubException fault) {
            return TaskException.of(fault);
        }
        if (failure instanceof DtypePlanException) {
            return new TaskException(TaskException.Kind.PLAN, failure.getMessage(), "", failure);
        }
        if (failure instanceof ConfigException
                || failure instanceof TokenizerException
                || failure instanceof ChatTemplateException
                || failure instanceof JsonException) {
            return new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL, model + ": " + failure.getMessage(), "", failure);
        }
        if (failure instanceof RuntimeFault) {
            return new TaskException(TaskException.Kind.LOAD, model + ": " + failure.getMessage(), "", failure);
        }
        return failure;
    }

    /** For a turn of a loaded model. */
    static RuntimeException ofTurn(RuntimeException failure) {
        if (failure instanceof GenerationException) {
            return new TaskException(TaskException.Kind.INVALID_REQUEST, failure.getMessage(), "", failure);
        }
        if (failure instanceof ChatTemplateException) {
            return new TaskException(TaskException.Kind.CHAT_TEMPLATE, failure.getMessage(), "", failure);
        }
        return failure;
    }
}
