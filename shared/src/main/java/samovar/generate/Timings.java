package samovar.generate;

/**
 * How long a generation took.
 *
 * @param firstTokenMillis from the start to the first token chosen
 * @param totalMillis from the start to the end
 * @param decodeTokensPerSecond tokens after the first, by the time after the first; 0 where there was only one
 * @param preprocessMillis how much of it was spent on making a picture's file the model's input; 0 where there was none to be made
 */
public record Timings(
        double firstTokenMillis, double totalMillis, double decodeTokensPerSecond, double preprocessMillis) {
    /** Without a picture. */
    public Timings(double firstTokenMillis, double totalMillis, double decodeTokensPerSecond) {
        this(firstTokenMillis, totalMillis, decodeTokensPerSecond, 0);
    }

    /**
     * These, begun earlier.
     *
     * @param millis how much
     * @param preprocess how much of these went into preprocessing
     */
    public Timings after(double millis, double preprocess) {
        return new Timings(
                firstTokenMillis + millis, totalMillis + millis, decodeTokensPerSecond, preprocessMillis + preprocess);
    }
}
