package samovar.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import samovar.json.Json;

/** The pictures of the goldens, and some that lie about themselves. */
final class Pictures {
    private static final Path GOLDENS = Path.of("..", "shared", "src", "test", "resources", "goldens", "florence");

    private Pictures() {}

    static byte[] read(String name) {
        try {
            return Files.readAllBytes(GOLDENS.resolve("images").resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** What the reference answered to these pictures. */
    static List<Json> goldens(String... names) throws IOException {
        Json all = Json.parse(Files.readString(GOLDENS.resolve("generation.json")), "goldens");
        List<Json> chosen = all.get("cases").elements().stream()
                .filter(golden -> List.of(names).contains(golden.get("image").asString()))
                .toList();
        if (chosen.size() != names.length) {
            throw new IllegalStateException(chosen.size() + " goldens for " + List.of(names));
        }
        return chosen;
    }

    /** A PNG of a few bytes whose header promises this many pixels. */
    static byte[] promising(int width, int height) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(file, "IDAT", new byte[8]);
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 check = new CRC32();
        check.update(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
