package samovar.runtime;

/** ONNX Runtime, or the way of the weights to it, failed. The message says what was being done, with which file, and what to try. */
public final class RuntimeFault extends RuntimeException {
    /** What kind of failure, so that a caller can offer the next step. */
    public enum Kind {
        /** A file of the plan is not there. */
        MISSING_FILE,
        /** A file is truncated or its hash is wrong. */
        DAMAGED_FILE,
        /** The graph does not load here: an unsupported operator, a broken file. */
        UNSUPPORTED_MODEL,
        OUT_OF_MEMORY,
        /** The weights do not fit into what keeps them. */
        STORAGE_FULL,
        /** The GPU went away. */
        DEVICE_LOST,
        /** The run was interrupted on request. */
        CANCELLED,
        /** The graph failed while running. */
        FAILED_RUN
    }

    private final Kind kind;

    public RuntimeFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public RuntimeFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
