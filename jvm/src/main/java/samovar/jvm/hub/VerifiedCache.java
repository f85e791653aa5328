package samovar.jvm.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import samovar.hub.HubException;

/**
 * Contents on disk, addressed by their hash, {@code {root}/blobs/{algorithm}/{2 digits}/{hash}}. A file there is whole and was
 * verified, or it is absent: what is still coming lies under {@code {root}/partial}, is hashed, forced to the disk, and only then
 * moved. A download that broke off goes on where it was, also after a restart.
 *
 * <p>May be shared between threads; those that ask for one content at the same time cause one download. Processes may
 * share the folder: a lock file per content lets one of them download at a time.
 */
public final class VerifiedCache {
    private static final int LOOK_MILLIS = 200;

    private final Path root;
    private final PartialFile.Disk disk;
    private final Download.Pace pace;
    private final Map<ContentHash, Download> downloads = new HashMap<>();

    /** One content that is wanted: its hash, its size, and what to call it in messages. */
    record Wanted(ContentHash hash, long sizeBytes, String subject) {}

    public VerifiedCache(Path root) {
        this(root, PartialFile.Disk.REAL, Download.Pace.USUAL);
    }

    VerifiedCache(Path root, PartialFile.Disk disk, Download.Pace pace) {
        this.root = root;
        this.disk = disk;
        this.pace = pace;
    }

    public Path root() {
        return root;
    }

    /** The content's file, if it is here with this size. */
    public Optional<Path> find(ContentHash hash, long sizeBytes) {
        Path blob = blob(hash);
        try {
            return Files.isRegularFile(blob) && Files.size(blob) == sizeBytes ? Optional.of(blob) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A content that is here. */
    record Stored(ContentHash hash, Path path) {}

    /** All contents that are here, by their names; files that are none are passed over. */
    List<Stored> stored() {
        List<Stored> stored = new ArrayList<>();
        for (ContentHash.Algorithm algorithm : ContentHash.Algorithm.values()) {
            Path folder = root.resolve("blobs").resolve(folder(algorithm));
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                    named(algorithm, file).ifPresent(stored::add);
                }
            } catch (IOException | UncheckedIOException e) {
                throw new HubException(
                        HubException.Kind.UNAVAILABLE,
                        folder.toString(),
                        "cannot read the cache folder " + folder + ": " + e.getMessage() + "; check who owns it",
                        e);
            }
        }
        return stored;
    }

    private static Optional<Stored> named(ContentHash.Algorithm algorithm, Path file) {
        try {
            return Optional.of(
                    new Stored(new ContentHash(algorithm, file.getFileName().toString()), file));
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

    /**
     * The content's file, downloaded first if it is not here.
     *
     * @param progress told the bytes received so far, those of an earlier attempt included, on this thread
     * @throws HubException CORRUPT if the bytes are not those of the hash; UNAVAILABLE if they cannot be had or written, and
     *     if this thread is interrupted
     */
    Path get(Wanted wanted, Origin origin, LongConsumer progress) {
        for (boolean first = true; ; first = false) {
            Optional<Path> present = find(wanted.hash(), wanted.sizeBytes());
            if (present.isPresent()) {
                return present.get();
            }
            Download download = follow(wanted, origin);
            try {
                return arrival(download, progress);
            } catch (HubException fault) {
                // What an earlier attempt left was damaged, and is gone now.
                if (!first || fault.kind() != HubException.Kind.CORRUPT || !download.wasResumed()) {
                    throw fault;
                }
            } finally {
                download.leave();
            }
        }
    }

    private static Path arrival(Download download, LongConsumer progress) {
        long told = -1;
        try {
            for (; ; ) {
                Download.Progress now = download.await(Long.MAX_VALUE, told, LOOK_MILLIS);
                if (now.receivedBytes() > told) {
                    told = now.receivedBytes();
                    progress.accept(told);
                }
                if (now.verified().isPresent()) {
                    return now.verified().get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(download.wanted(), "it was interrupted");
        }
    }

    /** The content, to be read while it comes. The caller closes it; when all have, the download stops, and is kept. */
    Content open(Wanted wanted, Origin origin) {
        Optional<Path> present = find(wanted.hash(), wanted.sizeBytes());
        return present.isPresent()
                ? Content.of(present.get(), wanted.sizeBytes())
                : Content.of(follow(wanted, origin), partial(wanted.hash()));
    }

    private Download follow(Wanted wanted, Origin origin) {
        synchronized (downloads) {
            Download running = downloads.get(wanted.hash());
            if (running != null && running.follow()) {
                return running;
            }
            Download mine = new Download(wanted, origin, pace);
            mine.follow();
            downloads.put(wanted.hash(), mine);
            Thread thread = new Thread(() -> download(mine), "download " + wanted.subject());
            thread.setDaemon(true);
            thread.start();
            return mine;
        }
    }

    private void download(Download download) {
        Wanted wanted = download.wanted();
        try {
            Optional<Path> blob = downloadLocked(download);
            blob.ifPresentOrElse(download::land, () -> download.fail(failed(wanted, "nobody waited for it any more")));
        } catch (HubException fault) {
            download.fail(fault);
        } catch (IOException e) {
            download.fail(unwritable(wanted, root, e));
        } catch (InterruptedException e) {
            download.fail(failed(wanted, "it was interrupted"));
        } catch (RuntimeException | Error e) {
            download.fail(failed(wanted, "of " + e));
            throw e;
        } finally {
            synchronized (downloads) {
                downloads.remove(wanted.hash(), download);
            }
        }
    }

    /** @return empty if it failed, or nobody waits for it any more */
    private Optional<Path> downloadLocked(Download download) throws IOException, InterruptedException {
        Wanted wanted = download.wanted();
        Files.createDirectories(root);
        try (ContentLock lock = ContentLock.acquire(root, wanted.hash())) {
            Optional<Path> byAnother = find(wanted.hash(), wanted.sizeBytes());
            if (byAnother.isPresent() || download.isStopped()) {
                return byAnother;
            }
            lock.checkHeld();
            try (PartialFile partial = new PartialFile(partial(wanted.hash()), wanted.sizeBytes(), disk)) {
                return finish(download, partial);
            }
        }
    }

    private Optional<Path> finish(Download download, PartialFile partial) throws IOException {
        Wanted wanted = download.wanted();
        boolean whole = false;
        try {
            checkSpace(partial);
            whole = download.run(partial);
        } catch (Download.WrongHash wrong) {
            partial.delete();
            throw corrupt(
                    wanted,
                    "its " + wanted.hash().algorithm() + " is " + wrong.getMessage() + ", not "
                            + wanted.hash().hex());
        }
        if (download.isSpoilt()) {
            partial.delete();
        }
        if (!whole) {
            return Optional.empty();
        }
        Path blob = blob(wanted.hash());
        partial.moveTo(blob);
        forceFolder(blob.getParent());
        return Optional.of(blob);
    }

    private static void checkSpace(PartialFile partial) throws IOException {
        long free = Files.getFileStore(partial.path()).getUsableSpace();
        if (free < partial.sizeBytes() - partial.receivedBytes()) {
            partial.delete();
            throw new IOException("No space left on device: " + free + " bytes are free");
        }
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open a folder; there the rename is on the disk when the system writes it.
            return;
        }
    }

    private Path blob(ContentHash hash) {
        return root.resolve("blobs")
                .resolve(folder(hash.algorithm()))
                .resolve(hash.hex().substring(0, 2))
                .resolve(hash.hex());
    }

    private Path partial(ContentHash hash) {
        return root.resolve("partial").resolve(folder(hash.algorithm()) + "-" + hash.hex());
    }

    private static String folder(ContentHash.Algorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> "sha256";
            case GIT_BLOB -> "git";
        };
    }

    static HubException corrupt(Wanted wanted, String why) {
        return new HubException(
                HubException.Kind.CORRUPT,
                wanted.subject(),
                wanted.subject() + " came damaged: " + why
                        + "; nothing of it was kept: try again, or check what lies between here and the Hub");
    }

    static HubException failed(Wanted wanted, String why) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                wanted.subject(),
                "the download of " + wanted.subject() + " failed: " + why + "; try again, and it goes on from there");
    }

    static HubException unwritable(Wanted wanted, Path where, IOException cause) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                wanted.subject(),
                "cannot write " + wanted.subject() + " (" + wanted.sizeBytes() + " bytes) to the cache " + where + ": "
                        + cause.getMessage() + "; free some space there, or choose another cache folder",
                cause);
    }
}
