package samovar.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.GZIPInputStream;
import samovar.json.Json;

/** The tokenizers that tests use, each read once. */
final class TestTokenizers {
    private static final ConcurrentMap<String, Tokenizer> MADE = new ConcurrentHashMap<>();
    private static final Json ABSENT = Json.of(null, "tokenizer_config.json");

    private TestTokenizers() {}

    static Tokenizer smollm2() {
        return bundled("SmolLM2-135M-Instruct");
    }

    static Tokenizer tinyChat() {
        return bundled("tiny-chat");
    }

    static Tokenizer qwen3() {
        return MADE.computeIfAbsent(
                "qwen3",
                name -> Tokenizer.of(
                        golden("tokenizer/qwen3.tokenizer.json.gz"),
                        golden("tokenizer/qwen3.tokenizer_config.json"),
                        new JdkNormalizer()));
    }

    static Tokenizer bundled(String name) {
        return MADE.computeIfAbsent(
                name,
                key -> Tokenizer.of(
                        file(name, "tokenizer.json"), file(name, "tokenizer_config.json"), new JdkNormalizer()));
    }

    static Tokenizer of(String tokenizerJson) {
        return Tokenizer.of(Json.parse(tokenizerJson, "tokenizer.json"), ABSENT, new JdkNormalizer());
    }

    static Tokenizer of(Json tokenizerJson) {
        return Tokenizer.of(tokenizerJson, ABSENT, new JdkNormalizer());
    }

    /** A file of a model that the project embeds; tests run in the module's folder. */
    private static Json file(String model, String name) {
        try {
            return Json.parse(Files.readString(Path.of("../models/bundled", model, name)), model + "/" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Json golden(String name) {
        return Json.parse(text("/goldens/" + name), name);
    }

    static String text(String resource) {
        try (InputStream in = TestTokenizers.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no test resource " + resource);
            }
            InputStream plain = resource.endsWith(".gz") ? new GZIPInputStream(in) : in;
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int[] ids(Json list) {
        List<Integer> ids = list.listOf(Json::asInt);
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What a stream decoder gives for all ids, one by one. */
    static String streamed(Tokenizer tokenizer, int[] ids, boolean skipSpecialTokens) {
        StreamDecoder stream = tokenizer.streamDecoder(skipSpecialTokens);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(stream.add(id));
        }
        return text.append(stream.finish()).toString();
    }
}
