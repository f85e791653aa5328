package samovar.jvm.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samovar.hub.HubException;
import samovar.hub.RepoFile;

/**
 * Keeps a cache folder within a limit: before a content comes, those unused longest go, also what is left of broken-off downloads.
 * A content in use never goes. Processes that share the folder make room one after the other; what another of them is downloading
 * right now is counted by what came of it so far.
 */
final class CacheRoom {
    /** What this process is downloading, in full, by partial file. Guarded by itself, as is the making of room. */
    private static final Map<Path, Long> COMING = new HashMap<>();

    private final Path root;
    private final BlobFolder blobs;
    private final long limitBytes;
    private final CacheEvents events;

    /** @param limitBytes {@link Long#MAX_VALUE} for none */
    CacheRoom(BlobFolder blobs, long limitBytes, CacheEvents events) {
        this.root = blobs.root();
        this.blobs = blobs;
        this.limitBytes = limitBytes;
        this.events = events;
    }

    /** One that may go. */
    private record Candidate(ContentHash hash, Path path, boolean partial, long sizeBytes, long usedMillis) {}

    /**
     * Makes room for a content, and keeps it until the returned hold is closed.
     *
     * @throws HubException UNAVAILABLE if what is in use leaves too little
     */
    Hold reserve(VerifiedCache.Wanted wanted) throws IOException {
        if (limitBytes == Long.MAX_VALUE) {
            return Hold.NONE;
        }
        Path partial = blobs.partial(wanted.hash()).toAbsolutePath();
        synchronized (COMING) {
            Path lockFile = Files.createDirectories(root.resolve("locks")).resolve("room");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock of the cache was lost");
                }
                makeRoom(wanted, partial);
            }
            COMING.put(partial, wanted.sizeBytes());
        }
        return () -> {
            synchronized (COMING) {
                COMING.remove(partial);
            }
        };
    }

    private void makeRoom(VerifiedCache.Wanted wanted, Path own) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        long used = wanted.sizeBytes();
        for (Candidate candidate : contents()) {
            Path path = candidate.path().toAbsolutePath();
            if (!path.equals(own)) {
                used += COMING.getOrDefault(path, candidate.sizeBytes());
                if (!COMING.containsKey(path)) {
                    candidates.add(candidate);
                }
            }
        }
        if (used <= limitBytes) {
            return;
        }
        if (wanted.sizeBytes() > limitBytes) {
            throw full(wanted, used - wanted.sizeBytes());
        }
        candidates.sort(Comparator.comparingLong(Candidate::usedMillis));
        // Read once, and only where something has to go.
        Map<ContentHash, List<Path>> names = names();
        for (Candidate candidate : candidates) {
            if (used > limitBytes && evict(candidate, names.getOrDefault(candidate.hash(), List.of()))) {
                used -= candidate.sizeBytes();
                events.evicted(candidate.sizeBytes());
            }
        }
        if (used > limitBytes) {
            throw full(wanted, used - wanted.sizeBytes());
        }
    }

    private HubException full(VerifiedCache.Wanted wanted, long kept) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                wanted.subject(),
                wanted.subject() + " has " + wanted.sizeBytes() + " bytes, and the cache " + root + " may hold "
                        + limitBytes + (wanted.sizeBytes() > limitBytes ? "" : ", of which " + kept + " are in use")
                        + "; start with a larger --cache-limit, or end what uses models");
    }

    /** @return false if it is in use */
    private boolean evict(Candidate candidate, List<Path> names) throws IOException {
        if (candidate.partial()) {
            return evictPartial(candidate);
        }
        return Uses.ifUnused(root, candidate.hash(), () -> {
            // The names first: what they name is found by its hash again as long as it is there.
            for (Path name : names) {
                Files.deleteIfExists(name);
            }
            Files.deleteIfExists(candidate.path());
        });
    }

    /** What a process is downloading is locked by it. */
    private boolean evictPartial(Candidate candidate) throws IOException {
        try (ContentLock lock = ContentLock.tryAcquire(root, candidate.hash())) {
            if (lock == null) {
                return false;
            }
            Files.deleteIfExists(PartialFile.noteOf(candidate.path()));
            Files.deleteIfExists(candidate.path());
            return true;
        }
    }

    private List<Candidate> contents() throws IOException {
        List<Candidate> contents = new ArrayList<>();
        for (BlobFolder.Stored stored : blobs.stored()) {
            add(contents, stored, false);
        }
        for (BlobFolder.Stored stored : blobs.partials()) {
            add(contents, stored, true);
        }
        return contents;
    }

    private static void add(List<Candidate> contents, BlobFolder.Stored stored, boolean partial) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(stored.path(), BasicFileAttributes.class);
            contents.add(new Candidate(
                    stored.hash(),
                    stored.path(),
                    partial,
                    now.size(),
                    now.lastModifiedTime().toMillis()));
        } catch (NoSuchFileException gone) {
            // It landed, or went, this moment.
            return;
        }
    }

    /** The names that contents have in repositories: further links to the same bytes. */
    private Map<ContentHash, List<Path>> names() {
        Snapshots snapshots = new Snapshots(root);
        Map<ContentHash, List<Path>> names = new HashMap<>();
        snapshots.repositories().forEach(repo -> snapshots.infos(repo).forEach(info -> {
            for (RepoFile file : info.listing().files()) {
                ContentHash.of(file).ifPresent(hash -> names.computeIfAbsent(hash, key -> new ArrayList<>())
                        .add(snapshots.named(repo, info.listing().commit(), file.path())));
            }
        }));
        return names;
    }
}
