package samovar.generate;

import java.util.ArrayList;
import java.util.List;
import samovar.tokenizer.StreamDecoder;

/** The answer of one generation in the making: its tokens, its text, and what of both the listener was told. */
final class Answer {
    private final StreamDecoder decoder;
    private final StopText stopText;
    private final GenerationListener listener;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> tokens = new ArrayList<>();
    private int told;

    Answer(StreamDecoder decoder, List<String> stopStrings, GenerationListener listener) {
        this.decoder = decoder;
        this.stopText = new StopText(stopStrings);
        this.listener = listener;
    }

    int size() {
        return tokens.size();
    }

    /** Takes a token that ends the answer and is no part of its text. */
    void addEos(int token) {
        tokens.add(token);
    }

    /** Takes a token, and tells the text that became certain with it. */
    void add(int token) {
        tokens.add(token);
        String certain = stopText.add(decoder.add(token));
        if (!certain.isEmpty()) {
            tell(certain);
        }
    }

    /** True once the text contains a stop string. */
    boolean isStopped() {
        return stopText.isReached();
    }

    /** Tells what was held back. */
    void finish() {
        String rest = stopText.add(decoder.finish()) + stopText.finish();
        if (!rest.isEmpty() || told < tokens.size()) {
            tell(rest);
        }
    }

    String text() {
        return text.toString();
    }

    List<Integer> tokens() {
        return tokens;
    }

    private void tell(String certain) {
        text.append(certain);
        listener.on(new GenerationEvent.Delta(certain, tokens.subList(told, tokens.size())));
        told = tokens.size();
    }
}
