package samovar.client.selftest;

import java.util.function.Consumer;
import samovar.json.Json;
import samovar.platform.NanoClock;
import samovar.platform.Normalizer;
import samovar.tokenizer.Tokenizer;

/** How fast a tokenizer.json is read, for {@code bench/browser}: milliseconds of the first reading, of the best of some, and of making the first tokenizer. */
final class JsonSpeed {
    private static final int ROUNDS = 10;

    private JsonSpeed() {}

    static void run(String text, Normalizer normalizer, NanoClock clock, Consumer<String> out) {
        Json json = null;
        double first = 0;
        double best = Double.MAX_VALUE;
        double tokenizer = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = clock.nanoTime();
            json = Json.parse(text, "tokenizer.json");
            double millis = (clock.nanoTime() - start) / 1e6;
            best = Math.min(best, millis);
            if (round == 0) {
                first = millis;
                start = clock.nanoTime();
                Tokenizer.of(json, Json.of(null, "tokenizer_config.json"), normalizer);
                tokenizer = (clock.nanoTime() - start) / 1e6;
            }
        }
        out.accept(first + " " + best + " " + tokenizer);
    }
}
