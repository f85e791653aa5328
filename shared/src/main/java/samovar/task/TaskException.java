package samovar.task;

import samovar.hub.HubException;

/**
 * A task that cannot be done as asked. The message says what was asked, what is allowed and what to try; {@link #kind()}
 * is for programs, and outlives the way from a worker or a server to the caller.
 */
public final class TaskException extends RuntimeException {
    /** What went wrong. */
    public enum Kind {
        /** A request without messages, with a setting that this model cannot honour, or the like. */
        INVALID_REQUEST("invalid_request"),
        /** The chat template refused or failed on these messages. */
        CHAT_TEMPLATE("chat_template"),
        /** More prompt tokens than the model has positions. */
        PROMPT_TOO_LONG("prompt_too_long"),
        /** The repository ships no chat template. */
        NO_CHAT_TEMPLATE("no_chat_template"),
        /** No such model in this place. */
        UNKNOWN_MODEL("unknown_model"),
        /** The repository exists, but only for accounts that accepted its terms. */
        GATED_MODEL("gated_model"),
        /** The Hub, or what lies before it, did not give what was asked for; it may the next time. */
        HUB_UNAVAILABLE("hub_unavailable"),
        /** A model of a family that this task cannot run. */
        UNSUPPORTED_MODEL("unsupported_model"),
        /** No plan for the weights: dtype, device, files. */
        PLAN("plan"),
        /** The weights could not be fetched or the session not created. */
        LOAD("load"),
        /** The model failed while it ran. */
        RUN("run"),
        /** Too many requests wait already. */
        BUSY("busy"),
        /** The place that ran the model is gone: server away, worker dead, GPU device lost. */
        BACKEND_LOST("backend_lost"),
        /** Used after close. */
        CLOSED("closed");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word for messages between realms and for logs. */
        public String label() {
            return label;
        }

        /** The kind of this label; {@link #RUN} for one that is not known here, from a newer server for example. */
        public static Kind ofLabel(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            return RUN;
        }
    }

    private final Kind kind;
    private final String problem;
    private final String nextStep;

    /**
     * @param problem what was asked and what is wrong with it
     * @param nextStep what to try, a sentence of its own; may be empty
     */
    public TaskException(Kind kind, String problem, String nextStep) {
        this(kind, problem, nextStep, null);
    }

    public TaskException(Kind kind, String problem, String nextStep, Throwable cause) {
        super(nextStep.isEmpty() ? problem : problem + ". " + nextStep, cause);
        this.kind = kind;
        this.problem = problem;
        this.nextStep = nextStep;
    }

    /** What a repository that cannot be had means for a task; the one mapping of the Hub's faults, for all places. */
    public static TaskException of(HubException fault) {
        return new TaskException(kind(fault.kind()), fault.getMessage(), nextStep(fault.kind()), fault);
    }

    private static Kind kind(HubException.Kind fault) {
        return switch (fault) {
            case REPO_NOT_FOUND, REVISION_NOT_FOUND, OFFLINE, INVALID -> Kind.UNKNOWN_MODEL;
            case GATED -> Kind.GATED_MODEL;
            case ENTRY_NOT_FOUND -> Kind.UNSUPPORTED_MODEL;
            case UNAVAILABLE -> Kind.HUB_UNAVAILABLE;
            case CORRUPT -> Kind.LOAD;
        };
    }

    private static String nextStep(HubException.Kind fault) {
        return switch (fault) {
            case REPO_NOT_FOUND, INVALID -> "Check the model's id, org/name.";
            case REVISION_NOT_FOUND -> "Try the revision main.";
            case OFFLINE -> "Choose a model that is here, or allow the network once.";
            case GATED -> "Accept the model's terms on the Hub, and give a token of that account.";
            case ENTRY_NOT_FOUND -> "Choose a repository that holds ONNX files for Transformers.js.";
            case UNAVAILABLE -> "Try again in a moment, or choose a model that is here.";
            case CORRUPT -> "Try again; what came was not kept.";
        };
    }

    public Kind kind() {
        return kind;
    }

    /** The message without the next step. */
    public String problem() {
        return problem;
    }

    /** What to try; may be empty. */
    public String nextStep() {
        return nextStep;
    }
}
