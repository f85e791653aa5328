package samovar.jvm.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A disk that has room for so many bytes of one file.
 *
 * @param room in bytes
 */
record FullDisk(long room) implements PartialFile.Disk {
    @Override
    public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        if (position + bytes.remaining() > room) {
            throw new IOException("No space left on device");
        }
        REAL.write(channel, bytes, position);
    }
}
