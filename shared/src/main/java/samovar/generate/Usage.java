package samovar.generate;

/**
 * Tokens of one generation.
 *
 * @param completionTokens includes the eos token
 */
public record Usage(int promptTokens, int completionTokens) {
    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
