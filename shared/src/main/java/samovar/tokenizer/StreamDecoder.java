package samovar.tokenizer;

/**
 * Turns ids into text one by one. A character whose bytes are spread over several tokens is held back until it is whole, so that
 * the pieces can be shown as they come: {@code add(ids[0]) + add(ids[1]) + … + finish()} equals {@link Tokenizer#decode}.
 *
 * <p>For one text and one thread at a time; {@link #finish()} makes it ready for the next text.
 */
public final class StreamDecoder {
    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private final int[] skipped;
    private final Utf8 utf8 = new Utf8();
    private boolean begun;

    StreamDecoder(Tokenizer tokenizer, boolean skipSpecialTokens, int... skipped) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
        this.skipped = skipped.clone();
    }

    /** The text that became certain with this token; empty while a character is still in the making. */
    public String add(int id) {
        append(id);
        return utf8.take();
    }

    /** What is left at the end; bytes that never became a character are U+FFFD, as in {@link Tokenizer#decode}. */
    public String finish() {
        begun = false;
        return utf8.finish();
    }

    void append(int id) {
        for (int without : skipped) {
            if (id == without) {
                return;
            }
        }
        byte[] bytes = tokenizer.bytesOf(id, skipSpecialTokens);
        if (bytes == null) {
            return;
        }
        if (begun) {
            utf8.add(tokenizer.separator());
        }
        begun = true;
        utf8.add(bytes);
    }
}
