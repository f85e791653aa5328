package samovar.jvm.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;

/**
 * What a cache folder keeps, told by repository, and how it is cleaned. Contents are stored once however many repositories have
 * them, and go when the last one does. A server may work on the same folder meanwhile: what it misses then, it downloads again; a
 * download that loses its file under way fails, and the next try succeeds.
 */
public final class KeptModels {
    private final Path root;
    private final BlobFolder blobs;
    private final Snapshots snapshots;

    public KeptModels(Path cacheRoot) {
        this.root = cacheRoot;
        this.blobs = new BlobFolder(cacheRoot);
        this.snapshots = new Snapshots(cacheRoot);
    }

    /**
     * A repository of which something is kept.
     *
     * @param files those that are whole, each once, of whatever commit
     * @param lacks what stands against running it, in words; empty where nothing is known
     */
    public record Kept(RepoId repo, List<RepoFile> files, List<String> lacks) {
        public Kept {
            files = List.copyOf(files);
            lacks = List.copyOf(lacks);
        }

        public long sizeBytes() {
            return files.stream().mapToLong(RepoFile::sizeBytes).sum();
        }
    }

    /** A content that no longer has its hash. It was removed, so that it is fetched anew. */
    public record Damaged(Path blob, List<String> names) {
        public Damaged {
            names = List.copyOf(names);
        }
    }

    /** What is kept, by id. */
    public List<Kept> list() {
        List<Kept> kept = new ArrayList<>();
        for (RepoId repo : repositories()) {
            Set<RepoFile> files = new HashSet<>();
            Set<String> lacks = new LinkedHashSet<>();
            for (RepoListing listing : listings(repo)) {
                for (RepoFile file : listing.files()) {
                    blob(file).ifPresent(blob -> files.add(file));
                }
                lacks.addAll(new Completeness(blobs).lacks(listing));
            }
            if (files.stream().noneMatch(file -> file.path().endsWith(".onnx"))) {
                lacks.add("no weights");
            }
            List<RepoFile> sorted = new ArrayList<>(files);
            sorted.sort(Comparator.comparing(RepoFile::path));
            kept.add(new Kept(repo, sorted, List.copyOf(lacks)));
        }
        return List.copyOf(kept);
    }

    /**
     * Forgets a repository, and the contents that no other one has.
     *
     * @return the bytes that this freed
     * @throws HubException REPO_NOT_FOUND, naming what there is
     */
    public long remove(RepoId repo) {
        List<RepoId> all = repositories();
        if (!all.contains(repo)) {
            throw new HubException(
                    HubException.Kind.REPO_NOT_FOUND,
                    repo.toString(),
                    "the cache " + root + " keeps nothing of " + repo + "; it keeps "
                            + (all.isEmpty() ? "nothing" : all.toString()));
        }
        Set<ContentHash> others = new HashSet<>();
        for (RepoId other : all) {
            if (!other.equals(repo)) {
                listings(other).forEach(listing -> others.addAll(hashes(listing)));
            }
        }
        Set<ContentHash> own = new HashSet<>();
        listings(repo).forEach(listing -> own.addAll(hashes(listing)));
        own.removeAll(others);
        long freed = 0;
        try {
            for (ContentHash hash : own) {
                freed += blobs.remove(hash);
            }
            deleteTree(folder(repo));
        } catch (IOException e) {
            throw unwritable(repo.toString(), e);
        }
        return freed;
    }

    /** Reads every content and compares it with its hash. Takes about a second per gigabyte on an ordinary disk. */
    public List<Damaged> verify() {
        List<Damaged> damaged = new ArrayList<>();
        for (BlobFolder.Stored stored : blobs.stored()) {
            try {
                if (!ContentHash.ofContent(stored.hash().algorithm(), stored.path())
                        .equals(stored.hash())) {
                    List<String> names = unlink(stored.hash());
                    blobs.remove(stored.hash());
                    damaged.add(new Damaged(stored.path(), names));
                }
            } catch (IOException e) {
                throw unwritable(stored.path().toString(), e);
            }
        }
        return List.copyOf(damaged);
    }

    /** Removes the names that a content has in repositories: they are the same bytes. */
    private List<String> unlink(ContentHash hash) throws IOException {
        List<String> names = new ArrayList<>();
        for (RepoId repo : repositories()) {
            for (RepoListing listing : listings(repo)) {
                for (RepoFile file : listing.files()) {
                    if (ContentHash.of(file).filter(hash::equals).isPresent()) {
                        names.add(repo + "@" + listing.commit() + ":" + file.path());
                        Files.deleteIfExists(folder(repo)
                                .resolve("commits")
                                .resolve(listing.commit())
                                .resolve(file.path()));
                    }
                }
            }
        }
        return names;
    }

    private Optional<Path> blob(RepoFile file) {
        return ContentHash.of(file).flatMap(hash -> blobs.find(hash, file.sizeBytes()));
    }

    private static Set<ContentHash> hashes(RepoListing listing) {
        Set<ContentHash> hashes = new HashSet<>();
        listing.files().forEach(file -> ContentHash.of(file).ifPresent(hashes::add));
        return hashes;
    }

    private List<RepoId> repositories() {
        return snapshots.repositories();
    }

    private List<RepoListing> listings(RepoId repo) {
        return snapshots.infos(repo).stream().map(RepoInfo::listing).toList();
    }

    private Path folder(RepoId repo) {
        return root.resolve("repos").resolve(repo.org()).resolve(repo.name());
    }

    private static void deleteTree(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private HubException unwritable(String subject, IOException cause) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                "cannot clean the cache " + root + ": " + cause.getMessage() + "; check who owns that folder",
                cause);
    }
}
