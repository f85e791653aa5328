package samovar.generate;

/**
 * How long a generation took.
 *
 * @param firstTokenMillis from the start to the first token chosen
 * @param totalMillis from the start to the end
 * @param decodeTokensPerSecond tokens after the first, by the time after the first; 0 where there was only one
 */
public record Timings(double firstTokenMillis, double totalMillis, double decodeTokensPerSecond) {}
