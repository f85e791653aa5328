package samovar.jvm.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int MOST_READ = 64;

    private final Path root;
    private final Map<Path, Read> notes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Read> eldest) {
            return size() > MOST_READ;
        }
    };

    /** A note as it was when the file had this time and size. */
    private record Read(FileTime modified, long sizeBytes, RepoInfo info) {}

    Snapshots(Path cacheRoot) {
        this.root = cacheRoot.resolve("repos");
    }

    /** Remembers what a Hub said, and that the revision named this commit. */
    void remember(Revision revision, RepoInfo info) {
        RepoListing listing = info.listing();
        Path folder = folder(listing.repo());
        replace(note(listing.repo(), listing.commit()), JsonWriter.write(info.toNote()));
        replace(folder.resolve("refs").resolve(HubUrls.encode(revision.name())), listing.commit());
    }

    /** What the revision named when it was last asked for. */
    Optional<RepoInfo> recall(RepoId repo, Revision revision) {
        String commit = revision.isCommit()
                ? revision.name()
                : read(folder(repo).resolve("refs").resolve(HubUrls.encode(revision.name())))
                        .orElse("");
        return commit.isEmpty() ? Optional.empty() : note(note(repo, commit));
    }

    /** Every request needs a note, and one of a thousand files takes a while to read: the last ones are kept as long as their files stay as they are. */
    private Optional<RepoInfo> note(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            synchronized (notes) {
                Read known = notes.get(file);
                if (known != null
                        && known.sizeBytes() == now.size()
                        && known.modified().equals(now.lastModifiedTime())) {
                    return Optional.of(known.info());
                }
            }
            RepoInfo info =
                    RepoInfo.ofNote(Json.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString()));
            synchronized (notes) {
                notes.put(file, new Read(now.lastModifiedTime(), now.size(), info));
            }
            return Optional.of(info);
        } catch (IOException | JsonException | HubException e) {
            // A note that is damaged or not there: the upstream is asked again.
            return Optional.empty();
        }
    }

    /** The repositories of which something is known, by id. */
    List<RepoId> repositories() {
        List<RepoId> found = new ArrayList<>();
        for (Path org : children(root)) {
            for (Path name : children(org)) {
                repoId(org, name).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(RepoId::toString));
        return found;
    }

    /** Empty for folders that no id can name, which are not ours. */
    private static Optional<RepoId> repoId(Path org, Path name) {
        try {
            return Optional.of(
                    new RepoId(org.getFileName().toString(), name.getFileName().toString()));
        } catch (HubException e) {
            return Optional.empty();
        }
    }

    /** What is known of a repository, of all commits. */
    List<RepoInfo> infos(RepoId repo) {
        List<RepoInfo> infos = new ArrayList<>();
        for (Path note : children(folder(repo).resolve("listings"))) {
            note(note).ifPresent(infos::add);
        }
        return infos;
    }

    /** Each repository once: as its default branch was last, or as some commit of it was. */
    List<RepoInfo> all() {
        List<RepoInfo> all = new ArrayList<>();
        for (RepoId repo : repositories()) {
            recall(repo, Revision.MAIN)
                    .or(() -> infos(repo).stream().findFirst())
                    .ifPresent(all::add);
        }
        return all;
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                found.forEach(children::add);
            } catch (IOException e) {
                throw new HubException(
                        HubException.Kind.UNAVAILABLE,
                        folder.toString(),
                        "cannot read the cache folder " + folder + ": " + e.getMessage() + "; check who owns it",
                        e);
            }
        }
        return children;
    }

    private Path note(RepoId repo, String commit) {
        return folder(repo).resolve("listings").resolve(HubUrls.encode(commit) + ".json");
    }

    /** Gives a blob its name in the repository: a hard link, or a copy where the file system has no links. */
    Path place(RepoId repo, String commit, String path, Path blob) {
        Path named = named(repo, commit, path);
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

    /** Where a file of a commit has its own name. */
    Path named(RepoId repo, String commit, String path) {
        return folder(repo).resolve("commits").resolve(HubUrls.encode(commit)).resolve(path);
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
