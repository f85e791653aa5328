package samovar.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import samovar.hub.RepoFile;
import samovar.json.Json;
import samovar.json.JsonWriter;

/**
 * The models inside the jar, under {@code models/}, with a manifest of their sizes and hashes that the build writes. ONNX Runtime
 * maps weights from files, so they are unpacked once; at each start every file is compared with its hash, and one that is missing
 * or damaged is unpacked anew.
 */
final class BundledModels {
    private static final String ROOT = "models/";
    private static final String MANIFEST = ROOT + "manifest.json";
    private static final int BUFFER_BYTES = 1 << 16;

    private final ClassLoader loader;

    BundledModels(ClassLoader loader) {
        this.loader = loader;
    }

    /** Whether there are any; a build for development may have none. */
    boolean exist() {
        return loader.getResource(MANIFEST) != null;
    }

    /**
     * Makes the folder hold the models, whole and verified.
     *
     * @return how many files had to be written
     * @throws IOException if the folder cannot be written, naming it
     */
    int unpack(Path folder) throws IOException {
        int written = 0;
        for (RepoFile file : manifest()) {
            Path target = folder.resolve(file.path());
            if (!isWhole(target, file)) {
                write(file, target);
                written++;
            }
        }
        return written;
    }

    private List<RepoFile> manifest() throws IOException {
        try (InputStream in = open(MANIFEST)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Json.parse(text, MANIFEST)
                    .get("files")
                    .listOf(file -> new RepoFile(
                            file.get("path").asString(),
                            file.get("size").asLong(),
                            null,
                            file.get("sha256").asString()));
        }
    }

    private InputStream open(String resource) throws IOException {
        InputStream in = loader.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the jar has no " + resource + "; it is damaged: build or download it again");
        }
        return in;
    }

    private static boolean isWhole(Path target, RepoFile file) throws IOException {
        if (!Files.isRegularFile(target) || Files.size(target) != file.sizeBytes()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(target)) {
            return sha256(in, OutputStream.nullOutputStream()).equals(file.sha256());
        }
    }

    private void write(RepoFile file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            String hash;
            try (InputStream in = open(ROOT + file.path());
                    FileChannel channel =
                            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                hash = sha256(in, Channels.newOutputStream(channel));
                channel.force(true);
            }
            if (!hash.equals(file.sha256())) {
                throw new IOException(ROOT + file.path() + " in the jar is damaged: build or download it again");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Copies, and returns the hash of what was copied. */
    private static String sha256(InputStream in, OutputStream out) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Called by the build: writes the manifest of the folder that goes into the jar. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<Object> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!path.equals("manifest.json")) {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("path", path);
                    entry.put("size", Files.size(file));
                    try (InputStream in = Files.newInputStream(file)) {
                        entry.put("sha256", sha256(in, OutputStream.nullOutputStream()));
                    }
                    files.add(entry);
                }
            }
        }
        Files.writeString(folder.resolve("manifest.json"), JsonWriter.write(Map.of("files", files)));
    }
}
