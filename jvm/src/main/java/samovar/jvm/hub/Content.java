package samovar.jvm.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file that is here, or on its way here: those that came can be read while the rest comes. The last ones are given
 * out only when the whole is verified, so that nobody takes damaged bytes for a file. Not thread-safe; the owner closes it.
 */
public final class Content implements AutoCloseable {
    /** How many bytes at the end of what is read wait for the whole to be verified. */
    private static final int HELD_BYTES = 1 << 16;

    private static final int MOVING_MILLIS = 5000;

    private final long sizeBytes;
    private final Path path;
    /** What is followed; null for a file that is here. */
    private final Download download;

    private Path verified;
    private FileChannel channel;
    private long prefixBytes;

    private final Hold hold;

    private Content(Path path, long sizeBytes, Download download, Hold hold) {
        this.path = path;
        this.sizeBytes = sizeBytes;
        this.download = download;
        this.hold = hold;
    }

    /** @param hold closed with this */
    static Content of(Path file, long sizeBytes, Hold hold) {
        Content content = new Content(file, sizeBytes, null, hold);
        content.verified = file;
        return content;
    }

    /**
     * @param download followed already, left when this is closed
     * @param hold closed with this
     */
    static Content of(Download download, Path partial, Hold hold) {
        return new Content(partial, download.wanted().sizeBytes(), download, hold);
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * Reads bytes that came.
     *
     * @param position of the first byte wanted, under {@code end}
     * @param end of all that the reader wants
     * @param millis how long to wait for more
     * @return how many; 0 if none came in this time
     * @throws samovar.hub.HubException if the rest cannot be had, or the whole was found damaged
     * @throws IOException if the disk cannot be read
     */
    public int read(ByteBuffer into, long position, long end, long millis) throws IOException, InterruptedException {
        long limit = limit(end);
        if (position >= limit) {
            Download.Progress now = download.await(prefixBytes, Long.MAX_VALUE, millis);
            prefixBytes = now.prefixBytes();
            verified = now.verified().orElse(null);
            limit = limit(end);
        }
        if (position >= limit) {
            return 0;
        }
        if (into.remaining() > limit - position) {
            into.limit(into.position() + (int) (limit - position));
        }
        int read = channel().read(into, position);
        if (read < 1) {
            throw new IOException(path + " became shorter while it was read");
        }
        return read;
    }

    private long limit(long end) {
        return verified != null ? end : Math.min(prefixBytes, end - HELD_BYTES);
    }

    private FileChannel channel() throws IOException, InterruptedException {
        if (channel == null) {
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ);
            } catch (NoSuchFileException gone) {
                if (verified == null) {
                    // Moved or deleted this moment: the download says at once which.
                    verified = download.await(Long.MAX_VALUE, Long.MAX_VALUE, MOVING_MILLIS)
                            .verified()
                            .orElseThrow(() -> gone);
                }
                channel = FileChannel.open(verified, StandardOpenOption.READ);
            }
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        if (download != null) {
            download.leave();
        }
        hold.close();
        if (channel != null) {
            channel.close();
        }
    }
}
