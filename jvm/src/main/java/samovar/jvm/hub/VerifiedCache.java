package samovar.jvm.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
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

    private final BlobFolder blobs;
    private final PartialFile.Disk disk;
    private final Download.Pace pace;
    private final CacheRoom room;
    private final CacheEvents events;
    private final Map<ContentHash, Download> downloads = new HashMap<>();

    /** One content that is wanted: its hash, its size, and what to call it in messages. */
    record Wanted(ContentHash hash, long sizeBytes, String subject) {}

    /** Without a limit. */
    public VerifiedCache(Path root) {
        this(root, Long.MAX_VALUE, CacheEvents.NONE);
    }

    /** @param limitBytes that contents may have together; {@link Long#MAX_VALUE} for no limit */
    public VerifiedCache(Path root, long limitBytes, CacheEvents events) {
        this(root, PartialFile.Disk.REAL, Download.Pace.USUAL, limitBytes, events);
    }

    VerifiedCache(Path root, PartialFile.Disk disk, Download.Pace pace) {
        this(root, disk, pace, Long.MAX_VALUE, CacheEvents.NONE);
    }

    VerifiedCache(Path root, PartialFile.Disk disk, Download.Pace pace, long limitBytes, CacheEvents events) {
        this.blobs = new BlobFolder(root);
        this.disk = disk;
        this.pace = pace;
        this.room = new CacheRoom(blobs, limitBytes, events);
        this.events = events;
    }

    public Path root() {
        return blobs.root();
    }

    /** The content's file, if it is here with this size. */
    public Optional<Path> find(ContentHash hash, long sizeBytes) {
        return blobs.find(hash, sizeBytes);
    }

    /** Keeps a content, here or not yet, from being evicted. */
    Hold hold(ContentHash hash) {
        return Uses.hold(root(), hash);
    }

    /**
     * The content's file, downloaded first if it is not here. The caller holds the content.
     *
     * @param progress told the bytes received so far, those of an earlier attempt included, on this thread
     * @throws HubException CORRUPT if the bytes are not those of the hash; UNAVAILABLE if they cannot be had or written, and
     *     if this thread is interrupted
     */
    Path get(Wanted wanted, Supplier<Origin> origin, LongConsumer progress) {
        for (boolean first = true; ; first = false) {
            Optional<Path> present = present(wanted);
            if (present.isPresent()) {
                return present.get();
            }
            Download download = follow(wanted, origin.get());
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

    private Optional<Path> present(Wanted wanted) {
        Optional<Path> present = find(wanted.hash(), wanted.sizeBytes());
        if (present.isPresent()) {
            events.hit();
            blobs.stamp(present.get());
        } else {
            events.missed();
        }
        return present;
    }

    /**
     * The content, to be read while it comes, and held until the caller closes it. When all who follow a download have left, it stops,
     * and what came is kept.
     *
     * @param origin asked for where the content is not here
     */
    Content open(Wanted wanted, Supplier<Origin> origin) {
        Hold hold = hold(wanted.hash());
        try {
            Optional<Path> present = present(wanted);
            return present.isPresent()
                    ? Content.of(present.get(), wanted.sizeBytes(), hold)
                    : Content.of(follow(wanted, origin.get()), blobs.partial(wanted.hash()), hold);
        } catch (RuntimeException | Error e) {
            hold.close();
            throw e;
        }
    }

    private Download follow(Wanted wanted, Origin origin) {
        synchronized (downloads) {
            Download running = downloads.get(wanted.hash());
            if (running != null && running.follow()) {
                return running;
            }
            Download mine = new Download(wanted, origin, pace, events);
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
        events.began();
        try {
            Optional<Path> blob = downloadLocked(download);
            blob.ifPresentOrElse(download::land, () -> download.fail(failed(wanted, "nobody waited for it any more")));
        } catch (HubException fault) {
            download.fail(fault);
        } catch (IOException e) {
            download.fail(unwritable(wanted, root(), e));
        } catch (InterruptedException e) {
            download.fail(failed(wanted, "it was interrupted"));
        } catch (RuntimeException | Error e) {
            download.fail(failed(wanted, "of " + e));
            throw e;
        } finally {
            events.ended();
            synchronized (downloads) {
                downloads.remove(wanted.hash(), download);
            }
        }
    }

    /** @return empty if it failed, or nobody waits for it any more */
    private Optional<Path> downloadLocked(Download download) throws IOException, InterruptedException {
        Wanted wanted = download.wanted();
        Files.createDirectories(root());
        try (ContentLock lock = ContentLock.acquire(root(), wanted.hash(), download::isStopped)) {
            Optional<Path> byAnother = find(wanted.hash(), wanted.sizeBytes());
            if (byAnother.isPresent() || lock == null || download.isStopped()) {
                return byAnother;
            }
            lock.checkHeld();
            Hold reserved = room.reserve(wanted);
            try (PartialFile partial = new PartialFile(blobs.partial(wanted.hash()), wanted.sizeBytes(), disk)) {
                return finish(download, partial);
            } finally {
                reserved.close();
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
        Path blob = blobs.blob(wanted.hash());
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
