package samovar.jvm.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which contents of cache folders are in use, by this process and by others: whoever uses one holds a shared lock on a file of its
 * own, whoever evicts one needs it alone. Counted once for the whole process, since closing any channel of a file gives up all of
 * the process's locks on it.
 */
final class Uses {
    private static final Map<Path, Held> HELD = new HashMap<>();

    private Uses() {}

    private static final class Held {
        private int count;
        /** Null where no lock can be had: in a folder that this process may not write, it is not the one who evicts. */
        private FileChannel channel;
    }

    /** Something that is done with a content that nobody uses. */
    interface Eviction {
        void run() throws IOException;
    }

    /** Waits while somebody evicts the content, which then is gone. */
    static Hold hold(Path root, ContentHash hash) {
        Path file = file(root, hash);
        synchronized (HELD) {
            Held held = HELD.computeIfAbsent(file, path -> new Held());
            if (held.count++ == 0) {
                held.channel = locked(file);
            }
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                release(file);
            }
        };
    }

    private static FileChannel locked(Path file) {
        FileChannel channel = null;
        try {
            channel = open(file);
            channel.lock(0, Long.MAX_VALUE, true);
            return channel;
        } catch (IOException | OverlappingFileLockException e) {
            closeQuietly(channel);
            return null;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void release(Path file) {
        synchronized (HELD) {
            Held held = HELD.get(file);
            held.count--;
            if (held.count == 0) {
                HELD.remove(file);
                closeQuietly(held.channel);
            }
        }
    }

    /** @return false, and nothing was done, if somebody uses the content */
    static boolean ifUnused(Path root, ContentHash hash, Eviction eviction) throws IOException {
        Path file = file(root, hash);
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                return false;
            }
            try (FileChannel channel = open(file);
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    return false;
                }
                eviction.run();
                return true;
            }
        }
    }

    private static Path file(Path root, ContentHash hash) {
        return root.toAbsolutePath().normalize().resolve("uses").resolve(hash.hex());
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock is given up with the process at the latest.
            return;
        }
    }
}
