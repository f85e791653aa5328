package samovar.jvm.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import samovar.hub.HubException;

/**
 * Contents on disk, addressed by their hash, {@code {root}/blobs/{algorithm}/{2 digits}/{hash}}. A file here is whole and was
 * verified, or it is absent: bytes are written under a temporary name in the same folder, hashed on the way, forced to the
 * disk, and only then renamed.
 *
 * <p>May be shared between threads; threads that ask for one content at the same time cause one download. Processes may
 * share the folder: a lock file per content lets one of them download at a time.
 */
public final class VerifiedCache {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path root;
    private final Writing writing;
    private final Map<ContentHash, Flight> flights = new ConcurrentHashMap<>();

    /** Opens what a download is written to; the tests' way to a full disk. */
    interface Writing {
        WritableByteChannel open(Path file) throws IOException;
    }

    /** Opens the content where it is not cached. Called at most once per download. */
    interface Origin {
        InputStream open() throws IOException;
    }

    /** One content that is wanted: its hash, its size, and what to call it in messages. */
    record Wanted(ContentHash hash, long sizeBytes, String subject) {}

    public VerifiedCache(Path root) {
        this(root, file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    VerifiedCache(Path root, Writing writing) {
        this.root = root;
        this.writing = writing;
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

    /**
     * The content's file, downloaded first if it is not here.
     *
     * @param progress told the bytes received so far, on the thread that downloads
     * @throws HubException CORRUPT if the bytes are not those of the hash; UNAVAILABLE if they end early or cannot be
     *     written, and if this thread is interrupted. Nothing stays on the disk then.
     */
    Path get(Wanted wanted, Origin origin, LongConsumer progress) {
        Optional<Path> present = find(wanted.hash(), wanted.sizeBytes());
        if (present.isPresent()) {
            return present.get();
        }
        Flight mine = new Flight(progress);
        Flight flying = flights.putIfAbsent(wanted.hash(), mine);
        if (flying != null) {
            return flying.join(wanted, progress);
        }
        try {
            Path blob = downloadLocked(wanted, origin, mine::report);
            mine.land(blob);
            return blob;
        } catch (HubException e) {
            mine.fail(e);
            throw e;
        } catch (RuntimeException | Error e) {
            mine.fail(failed(wanted, "of " + e));
            throw e;
        } finally {
            flights.remove(wanted.hash(), mine);
        }
    }

    private Path downloadLocked(Wanted wanted, Origin origin, LongConsumer progress) {
        Path blob = blob(wanted.hash());
        try {
            Files.createDirectories(blob.getParent());
            try (ContentLock lock = ContentLock.acquire(root, wanted.hash())) {
                Optional<Path> byAnother = find(wanted.hash(), wanted.sizeBytes());
                if (byAnother.isPresent()) {
                    return byAnother.get();
                }
                lock.checkHeld();
                removeLeftovers(blob);
                download(wanted, origin, blob, progress);
                return blob;
            }
        } catch (IOException e) {
            throw unwritable(wanted, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(wanted, "it was interrupted");
        }
    }

    private void download(Wanted wanted, Origin origin, Path blob, LongConsumer progress) throws IOException {
        checkSpace(wanted, blob);
        Path part = blob.resolveSibling(wanted.hash().hex() + "." + UUID.randomUUID() + ".part");
        try {
            MessageDigest digest = wanted.hash().algorithm().start(wanted.sizeBytes());
            try (InputStream in = opened(origin, wanted);
                    WritableByteChannel out = writing.open(part)) {
                copy(wanted, in, out, digest, progress);
            }
            String got = HexFormat.of().formatHex(digest.digest());
            if (!got.equals(wanted.hash().hex())) {
                throw corrupt(
                        wanted,
                        "its " + wanted.hash().algorithm() + " is " + got + ", not "
                                + wanted.hash().hex());
            }
            Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(blob.getParent());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static InputStream opened(Origin origin, Wanted wanted) {
        try {
            return origin.open();
        } catch (IOException e) {
            throw failed(wanted, "the source failed: " + e.getMessage());
        }
    }

    private static void copy(
            Wanted wanted, InputStream in, WritableByteChannel out, MessageDigest digest, LongConsumer progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long received = 0;
        for (int n = read(wanted, in, buffer, received); n >= 0; n = read(wanted, in, buffer, received)) {
            received += n;
            if (received > wanted.sizeBytes()) {
                throw corrupt(wanted, "more came than its " + wanted.sizeBytes() + " bytes");
            }
            digest.update(buffer, 0, n);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            progress.accept(received);
        }
        if (received < wanted.sizeBytes()) {
            throw failed(wanted, "it ended after " + received + " of " + wanted.sizeBytes() + " bytes");
        }
        if (out instanceof FileChannel file) {
            file.force(true);
        }
    }

    /** Reading fails for the network's reasons, writing for the disk's: the two are told apart here. */
    private static int read(Wanted wanted, InputStream in, byte[] buffer, long received) {
        if (Thread.currentThread().isInterrupted()) {
            throw failed(wanted, "it was interrupted");
        }
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw failed(
                    wanted,
                    "it broke off after " + received + " of " + wanted.sizeBytes() + " bytes: " + e.getMessage());
        }
    }

    private void checkSpace(Wanted wanted, Path blob) throws IOException {
        long free = Files.getFileStore(blob.getParent()).getUsableSpace();
        if (free < wanted.sizeBytes()) {
            throw new IOException("No space left on device: " + free + " bytes are free");
        }
    }

    /** Parts of a process that died; the lock says that nobody writes them now. */
    private static void removeLeftovers(Path blob) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(blob.getParent(), blob.getFileName() + ".*.part")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
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
        String algorithm =
                switch (hash.algorithm()) {
                    case SHA256 -> "sha256";
                    case GIT_BLOB -> "git";
                };
        return root.resolve("blobs")
                .resolve(algorithm)
                .resolve(hash.hex().substring(0, 2))
                .resolve(hash.hex());
    }

    private static HubException corrupt(Wanted wanted, String why) {
        return new HubException(
                HubException.Kind.CORRUPT,
                wanted.subject(),
                wanted.subject() + " came damaged: " + why
                        + "; nothing of it was kept: try again, or check what lies between" + " here and the Hub");
    }

    private static HubException failed(Wanted wanted, String why) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                wanted.subject(),
                "the download of " + wanted.subject() + " failed: " + why + "; nothing of it was kept: try again");
    }

    private HubException unwritable(Wanted wanted, IOException cause) {
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                wanted.subject(),
                "cannot write " + wanted.subject() + " (" + wanted.sizeBytes() + " bytes) to the cache " + root + ": "
                        + cause.getMessage() + "; free some space there, or choose another cache folder",
                cause);
    }
}
