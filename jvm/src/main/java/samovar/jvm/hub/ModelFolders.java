package samovar.jvm.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import samovar.hub.FileSource;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;

/**
 * Model repositories in folders on disk, {@code {root}/{org}/{name}/…}, as someone laid them there. The first root that
 * has a repository answers for it. Hidden files and folders, and symbolic links that lead out of the repository's folder,
 * do not exist here.
 *
 * <p>Such a repository has two revisions: {@code main}, and a commit made from its files (paths, sizes, the hashes of small
 * files, the times of large ones), which changes when they do. May be shared between threads; owns nothing open.
 */
public final class ModelFolders implements FileSource {
    /** Up to this size a listing hashes the content; larger files are hashed only when {@link #hashed} asks. */
    private static final long HASHED_AT_ONCE_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 12;

    private final List<Path> roots;
    private final Map<Path, Stamp> stamps = new ConcurrentHashMap<>();

    /** What is known of a file as long as size and time stay. */
    private record Stamp(long sizeBytes, long modifiedMillis, ContentHash hash) {}

    public ModelFolders(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The repositories there are, by org and name. */
    public List<RepoId> repositories() {
        List<RepoId> found = new ArrayList<>();
        for (Path root : roots) {
            for (Path org : folders(root)) {
                for (Path name : folders(org)) {
                    repoId(org, name).filter(id -> !found.contains(id)).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(RepoId::toString));
        return List.copyOf(found);
    }

    /** Whether a folder holds this repository at this revision. */
    public boolean has(RepoId repo, Revision revision) {
        Optional<Path> folder = folder(repo);
        if (folder.isEmpty()) {
            return false;
        }
        return revision.equals(Revision.MAIN)
                || (revision.isCommit() && listing(repo, folder.get()).commit().equals(revision.name()));
    }

    @Override
    public RepoListing list(RepoId repo, Revision revision) {
        Path folder = folder(repo)
                .orElseThrow(() -> new HubException(
                        HubException.Kind.REPO_NOT_FOUND,
                        repo.toString(),
                        "no model folder holds " + repo + "; looked for " + repo + "/ in " + roots));
        RepoListing listing = listing(repo, folder);
        if (!revision.equals(Revision.MAIN) && !revision.name().equals(listing.commit())) {
            throw new HubException(
                    HubException.Kind.REVISION_NOT_FOUND,
                    repo + "@" + revision,
                    "the model folder " + folder + " has the revisions main and " + listing.commit() + ", not "
                            + revision);
        }
        return listing;
    }

    @Override
    public String readText(RepoId repo, Revision revision, String path) {
        list(repo, revision);
        Path file = find(repo, path).orElseThrow(() -> entryNotFound(repo, path));
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The file on disk, if a folder has the repository and the file.
     *
     * @throws HubException INVALID if the path may name nothing in a repository
     */
    public Optional<Path> find(RepoId repo, String path) {
        RepoFile.checkPath(path);
        if (("/" + path).contains("/.")) {
            return Optional.empty();
        }
        return folder(repo).flatMap(folder -> Optional.of(folder.resolve(path))
                .filter(file -> Files.isRegularFile(file) && isInside(folder, file)));
    }

    /**
     * The file with its content's hash, which for a large file is computed now (about a second per gigabyte) and kept as
     * long as its size and time stay.
     */
    public RepoFile hashed(RepoId repo, String path) {
        Path file = find(repo, path).orElseThrow(() -> entryNotFound(repo, path));
        try {
            return describe(path, stamp(file, true));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private Optional<Path> folder(RepoId repo) {
        for (Path root : roots) {
            Path folder = root.resolve(repo.org()).resolve(repo.name());
            if (Files.isDirectory(folder) && isInside(root, folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private RepoListing listing(RepoId repo, Path folder) {
        List<RepoFile> files = new ArrayList<>();
        MessageDigest commit = ContentHash.Algorithm.GIT_BLOB.start(0);
        try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH)) {
            for (Path file : walk.sorted().toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!path.isEmpty() && find(repo, path).isPresent()) {
                    Stamp stamp = stamp(file, false);
                    files.add(describe(path, stamp));
                    String identity = stamp.sizeBytes() <= HASHED_AT_ONCE_BYTES
                            ? stamp.hash().hex()
                            : stamp.sizeBytes() + " " + stamp.modifiedMillis();
                    commit.update((path + "\0" + identity + "\0").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        }
        return new RepoListing(repo, HexFormat.of().formatHex(commit.digest()), files);
    }

    private Stamp stamp(Path file, boolean hashLarge) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long size = attributes.size();
        long modified = attributes.lastModifiedTime().toMillis();
        Stamp known = stamps.get(file);
        boolean fresh = known != null && known.sizeBytes() == size && known.modifiedMillis() == modified;
        boolean small = size <= HASHED_AT_ONCE_BYTES;
        if (fresh && (known.hash() != null || (!small && !hashLarge))) {
            return known;
        }
        ContentHash hash = null;
        if (small || hashLarge) {
            hash = ContentHash.ofContent(small ? ContentHash.Algorithm.GIT_BLOB : ContentHash.Algorithm.SHA256, file);
        }
        Stamp stamp = new Stamp(size, modified, hash);
        stamps.put(file, stamp);
        return stamp;
    }

    private static RepoFile describe(String path, Stamp stamp) {
        ContentHash hash = stamp.hash();
        if (hash == null) {
            return new RepoFile(path, stamp.sizeBytes(), null, null);
        }
        return switch (hash.algorithm()) {
            case SHA256 -> new RepoFile(path, stamp.sizeBytes(), null, hash.hex());
            case GIT_BLOB -> new RepoFile(path, stamp.sizeBytes(), hash.hex(), null);
        };
    }

    /** Whether the file exists and, all links followed, lies under the folder. */
    private static boolean isInside(Path folder, Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            // Absent, a link that leads nowhere or in a circle, or not ours to read: nothing that can be served.
            return false;
        }
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> Files.isDirectory(child) && isInside(parent, child))
                    .toList();
        } catch (IOException e) {
            throw unreadable(parent, e);
        }
    }

    /** Empty for folders that no id can name, {@code .git} for example. */
    private static Optional<RepoId> repoId(Path org, Path name) {
        try {
            return Optional.of(
                    new RepoId(org.getFileName().toString(), name.getFileName().toString()));
        } catch (HubException e) {
            return Optional.empty();
        }
    }

    private static HubException entryNotFound(RepoId repo, String path) {
        return new HubException(
                HubException.Kind.ENTRY_NOT_FOUND,
                repo + ":" + path,
                "the model folder of " + repo + " has no file " + path);
    }

    private static HubException unreadable(Path file, IOException cause) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                file.toString(),
                "cannot read " + file + ": " + cause.getMessage() + "; check its permissions",
                cause);
    }
}
