package samovar.jvm.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/**
 * The right to download one content into a cache folder, among processes and among several caches of one process. The lock
 * file stays: deleting it would let two hold the right.
 */
final class ContentLock implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;
    private final FileLock lock;

    private ContentLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Waits for the right. Polls, since {@link FileChannel#lock()} fails where this process holds it already.
     *
     * @param givenUp looked at while it waits
     * @return null if it was given up
     */
    static ContentLock acquire(Path root, ContentHash hash, BooleanSupplier givenUp)
            throws IOException, InterruptedException {
        FileChannel channel = open(root, hash);
        try {
            while (!givenUp.getAsBoolean()) {
                FileLock lock = tryLock(channel);
                if (lock != null) {
                    return new ContentLock(channel, lock);
                }
                Thread.sleep(POLL_MILLIS);
            }
            channel.close();
            return null;
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes the right if it is free. @return null if it is not */
    static ContentLock tryAcquire(Path root, ContentHash hash) throws IOException {
        FileChannel channel = open(root, hash);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            return null;
        }
        return new ContentLock(channel, lock);
    }

    private static FileChannel open(Path root, ContentHash hash) throws IOException {
        Path folder = Files.createDirectories(root.resolve("locks"));
        return FileChannel.open(folder.resolve(hash.hex()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** @throws IOException if the system took the lock away */
    void checkHeld() throws IOException {
        if (!lock.isValid()) {
            throw new IOException("the lock of the cache was lost");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
