package samovar.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import samovar.json.Json;
import samovar.platform.Normalizer;
import samovar.tokenizer.Tokenizer;

/** What the tests of these rooms share. */
public final class Fixtures {
    /** The JDK's normalization. */
    public static final Normalizer NORMALIZER =
            (text, form) -> java.text.Normalizer.normalize(text, Form.valueOf(form.name()));

    /** The embedded tiny-chat; tests run in the module's folder. */
    public static final Path TINY_CHAT = Path.of("../models/bundled/tiny-chat");

    private static Tokenizer tinyChat;

    private Fixtures() {}

    public static Json golden(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/goldens/" + name)) {
            if (in == null) {
                throw new IOException("no golden " + name);
            }
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static synchronized Tokenizer tinyChat() {
        if (tinyChat == null) {
            tinyChat = Tokenizer.of(
                    Json.parse(read(TINY_CHAT.resolve("tokenizer.json")), "tokenizer.json"),
                    Json.parse(read(TINY_CHAT.resolve("tokenizer_config.json")), "tokenizer_config.json"),
                    NORMALIZER);
        }
        return tinyChat;
    }
}
