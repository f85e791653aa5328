package samovar.generate;

/** Why a generation ended. */
public enum FinishReason {
    /** An eos token or a stop string. */
    STOP("stop"),
    /** The limit of new tokens, or the model's context, was reached. */
    LENGTH("length"),
    /** The caller asked to stop. */
    CANCELLED("cancelled");

    private final String label;

    FinishReason(String label) {
        this.label = label;
    }

    /** The word of the OpenAI API; {@code cancelled} is ours, since a client that left reads nothing. */
    public String label() {
        return label;
    }

    public static FinishReason ofLabel(String label) {
        for (FinishReason reason : values()) {
            if (reason.label.equals(label)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("unknown finish reason '" + label + "'; known are stop, length, cancelled");
    }
}
