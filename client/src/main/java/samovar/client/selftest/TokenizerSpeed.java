package samovar.client.selftest;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import samovar.platform.NanoClock;
import samovar.platform.Normalizer;
import samovar.tokenizer.Tokenizer;

/** How fast a tokenizer encodes a text, for {@code bench/browser}: prints megabytes per second, the best of many, and the tokens. */
final class TokenizerSpeed {
    private static final String CORPUS = "models/bundled/corpus.txt";

    private TokenizerSpeed() {}

    static void run(
            Texts texts, String model, int seconds, Normalizer normalizer, NanoClock clock, Consumer<String> out) {
        Tokenizer tokenizer = Tokenizer.of(
                texts.json(model + "/tokenizer.json"), texts.json(model + "/tokenizer_config.json"), normalizer);
        String text = texts.read(CORPUS);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        int tokens = tokenizer.encode(text, true).length;
        long end = clock.nanoTime() + seconds * 1_000_000_000L;
        long best = Long.MAX_VALUE;
        while (clock.nanoTime() < end) {
            long start = clock.nanoTime();
            tokens = tokenizer.encode(text, true).length;
            best = Math.min(best, clock.nanoTime() - start);
        }
        out.accept(bytes * 1000.0 / best + " " + tokens);
    }
}
