package samovar.jvm.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samovar.hub.HubException;

/**
 * Where contents lie: {@code {root}/blobs/{algorithm}/{2 digits}/{hash}} when they are whole, {@code {root}/partial/{algorithm}-{hash}}
 * on their way. A content's time is when it was last used, to the minute.
 */
record BlobFolder(Path root) {
    private static final long STAMPED_EVERY_MILLIS = 60_000;

    /** A content, or what there is of it. */
    record Stored(ContentHash hash, Path path) {}

    Path blob(ContentHash hash) {
        return root.resolve("blobs")
                .resolve(folder(hash.algorithm()))
                .resolve(hash.hex().substring(0, 2))
                .resolve(hash.hex());
    }

    Path partial(ContentHash hash) {
        return root.resolve("partial").resolve(folder(hash.algorithm()) + "-" + hash.hex());
    }

    private static String folder(ContentHash.Algorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> "sha256";
            case GIT_BLOB -> "git";
        };
    }

    /** The content's file, if it is here with this size. */
    Optional<Path> find(ContentHash hash, long sizeBytes) {
        Path blob = blob(hash);
        try {
            return Files.isRegularFile(blob) && Files.size(blob) == sizeBytes ? Optional.of(blob) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Notes that a content is used now. */
    void stamp(Path blob) {
        try {
            long now = System.currentTimeMillis();
            if (now - Files.getLastModifiedTime(blob).toMillis() > STAMPED_EVERY_MILLIS) {
                Files.setLastModifiedTime(blob, FileTime.fromMillis(now));
            }
        } catch (IOException e) {
            // A cache that this process may only read: its owner evicts by other uses.
            return;
        }
    }

    /** All whole contents, by their names; files that are none are passed over. */
    List<Stored> stored() {
        List<Stored> stored = new ArrayList<>();
        for (ContentHash.Algorithm algorithm : ContentHash.Algorithm.values()) {
            for (Path file : files(root.resolve("blobs").resolve(folder(algorithm)))) {
                named(algorithm, file, file.getFileName().toString()).ifPresent(stored::add);
            }
        }
        return stored;
    }

    /** All contents that are on their way, or whose download broke off. */
    List<Stored> partials() {
        List<Stored> partials = new ArrayList<>();
        for (Path file : files(root.resolve("partial"))) {
            String name = file.getFileName().toString();
            for (ContentHash.Algorithm algorithm : ContentHash.Algorithm.values()) {
                String prefix = folder(algorithm) + "-";
                if (name.startsWith(prefix)) {
                    named(algorithm, file, name.substring(prefix.length())).ifPresent(partials::add);
                }
            }
        }
        return partials;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new HubException(
                    HubException.Kind.UNAVAILABLE,
                    folder.toString(),
                    "cannot read the cache folder " + folder + ": " + e.getMessage() + "; check who owns it",
                    e);
        }
    }

    private static Optional<Stored> named(ContentHash.Algorithm algorithm, Path file, String hex) {
        try {
            return Optional.of(new Stored(new ContentHash(algorithm, hex), file));
        } catch (IllegalArgumentException notAHash) {
            return Optional.empty();
        }
    }

    /** Removes a content and what came of it so far. @return the bytes that it had */
    long remove(ContentHash hash) throws IOException {
        Path blob = blob(hash);
        long size = Files.isRegularFile(blob) ? Files.size(blob) : 0;
        Files.deleteIfExists(blob);
        Path partial = partial(hash);
        Files.deleteIfExists(partial);
        Files.deleteIfExists(PartialFile.noteOf(partial));
        return size;
    }
}
