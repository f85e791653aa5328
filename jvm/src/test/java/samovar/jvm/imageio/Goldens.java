package samovar.jvm.imageio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import samovar.json.Json;

/** Image files and what Pillow makes of them, in the module shared. */
final class Goldens {
    static final Path FOLDER = Path.of("..", "shared", "src", "test", "resources", "goldens");

    private Goldens() {}

    static Json json(String name) {
        return Json.parse(new String(file(name), StandardCharsets.UTF_8), name);
    }

    static byte[] file(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
