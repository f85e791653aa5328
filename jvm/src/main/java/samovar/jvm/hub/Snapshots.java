package samovar.jvm.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import samovar.hub.HubException;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;

/**
 * What the cache remembers of repositories, so that a second start needs no network: which commit a branch named last, the
 * listing of each commit, and the files of a commit under their own names, as ONNX Runtime wants external data beside its
 * graph. {@code {root}/repos/{org}/{name}/{refs,listings,commits}/…}. May be shared between threads and processes.
 */
final class Snapshots {
    private final Path root;

    Snapshots(Path cacheRoot) {
        this.root = cacheRoot.resolve("repos");
    }

    /** Remembers a listing, and that the revision named its commit. */
    void remember(Revision revision, RepoListing listing) {
        Path folder = folder(listing.repo());
        replace(
                folder.resolve("listings").resolve(listing.commit() + ".json"),
                JsonWriter.write(listing.toModelInfo()));
        replace(folder.resolve("refs").resolve(HubUrls.encode(revision.name())), listing.commit());
    }

    /** What the revision named when it was last asked for. */
    Optional<RepoListing> recall(RepoId repo, Revision revision) {
        String commit = revision.isCommit()
                ? revision.name()
                : read(folder(repo).resolve("refs").resolve(HubUrls.encode(revision.name())))
                        .orElse("");
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder(repo).resolve("listings").resolve(HubUrls.encode(commit) + ".json");
        try {
            return read(file).map(text -> RepoListing.ofModelInfo(Json.parse(text, file.toString())));
        } catch (JsonException | HubException e) {
            // A damaged note is a note that is not there; the upstream is asked again.
            return Optional.empty();
        }
    }

    /** Gives a blob its name in the repository: a hard link, or a copy where the file system has no links. */
    Path place(RepoId repo, String commit, String path, Path blob) {
        Path named =
                folder(repo).resolve("commits").resolve(HubUrls.encode(commit)).resolve(path);
        try {
            if (Files.isRegularFile(named) && Files.size(named) == Files.size(blob)) {
                return named;
            }
            Files.createDirectories(named.getParent());
            Path fresh = named.resolveSibling("." + UUID.randomUUID() + ".part");
            try {
                linkOrCopy(fresh, blob);
                move(fresh, named);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return named;
        } catch (IOException e) {
            throw unwritable(named, e);
        }
    }

    private static void linkOrCopy(Path fresh, Path blob) throws IOException {
        try {
            Files.createLink(fresh, blob);
        } catch (UnsupportedOperationException | IOException e) {
            // FAT and some network file systems refuse links with a plain error. A copy is on the disk before it gets
            // its name.
            Files.copy(blob, fresh);
            try (FileChannel copy = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                copy.force(true);
            }
        }
    }

    private static void replace(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling("." + UUID.randomUUID() + ".part");
            try {
                Files.writeString(fresh, text);
                move(fresh, file);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path folder(RepoId repo) {
        return root.resolve(repo.org()).resolve(repo.name());
    }

    private static HubException unwritable(Path file, IOException cause) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                file.toString(),
                "cannot write " + file + ": " + cause.getMessage()
                        + "; free some space there, or choose another cache folder",
                cause);
    }
}
