package samovar.jvm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import samovar.json.Json;
import samovar.jvm.Fixtures;
import samovar.jvm.JdkNormalizer;
import samovar.tokenizer.Tokenizer;

/**
 * Encodes one text over and over and prints the best run's MB/s and the number of tokens. Started by {@code
 * bench/jvm/tokenizer}, which times {@code @huggingface/tokenizers} on the same text in Node.js beside it.
 */
public final class TokenizerBench {
    private TokenizerBench() {}

    /** @param arguments the text's path, a model's id, seconds to run */
    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(Path.of(arguments[0]));
        Path folder = Fixtures.MODELS.resolve(arguments[1]);
        Tokenizer tokenizer = Tokenizer.of(
                read(folder.resolve("tokenizer.json")),
                read(folder.resolve("tokenizer_config.json")),
                new JdkNormalizer());
        long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000_000L;
        long best = Long.MAX_VALUE;
        int tokens = 0;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            tokens = tokenizer.encode(text, false).length;
            best = Math.min(best, System.nanoTime() - start);
        }
        double megabytesPerSecond = text.getBytes(StandardCharsets.UTF_8).length * 1e3 / best;
        System.out.println(megabytesPerSecond + " " + tokens);
    }

    private static Json read(Path file) throws IOException {
        return Json.parse(Files.readString(file), file.getFileName().toString());
    }
}
