package samovar.jvm.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on a disk that has so many bytes left. */
final class FullDisk implements WritableByteChannel {
    private final FileChannel file;
    private long left;

    FullDisk(Path path, long left) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.left = left;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        left -= bytes.remaining();
        if (left < 0) {
            throw new IOException("No space left on device");
        }
        return file.write(bytes);
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
