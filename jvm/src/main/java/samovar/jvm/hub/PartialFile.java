package samovar.jvm.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A content on its way to the disk: the bytes at their places in one file, and beside it a note of which of them are there, so
 * that a download goes on after a restart. The note may lag behind and, after the power failed, may claim too much; the
 * content's hash decides in the end. Written by several threads, none of which may be interrupted: that would close the file.
 */
final class PartialFile implements AutoCloseable {
    private static final long NOTE_EVERY_BYTES = 4 << 20;

    private final Path file;
    private final Path note;
    private final long sizeBytes;
    private final Disk disk;
    private final FileChannel channel;
    private final ByteRanges there;
    private final long resumedBytes;
    private long notedBytes;

    /** How bytes reach the disk; the tests' way to a full one. */
    interface Disk {
        Disk REAL = (channel, bytes, position) -> {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        };

        /** Writes all the bytes at this position. */
        void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;
    }

    /** Opens what an earlier attempt left, or begins anew. The caller holds the content's lock. */
    PartialFile(Path file, long sizeBytes, Disk disk) throws IOException {
        this.file = file;
        this.note = noteOf(file);
        this.sizeBytes = sizeBytes;
        this.disk = disk;
        Files.createDirectories(file.getParent());
        this.there = readNote();
        if (there.bytes() == 0) {
            Files.deleteIfExists(file);
        }
        this.resumedBytes = there.bytes();
        this.notedBytes = resumedBytes;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private ByteRanges readNote() {
        try {
            ByteRanges noted = ByteRanges.ofText(Files.readString(note, StandardCharsets.UTF_8), sizeBytes);
            return Files.size(file) >= noted.end() ? noted : new ByteRanges();
        } catch (IOException | IllegalArgumentException e) {
            // No note, or none to be trusted: the download begins anew.
            return new ByteRanges();
        }
    }

    /** The note beside a partial file. */
    static Path noteOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".ranges");
    }

    Path path() {
        return file;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** How many bytes an earlier attempt had left. */
    long resumedBytes() {
        return resumedBytes;
    }

    synchronized long receivedBytes() {
        return there.bytes();
    }

    /** The end of what is there without a gap from the first byte on. */
    synchronized long prefixBytes() {
        return there.endOfRunAt(0);
    }

    synchronized boolean isComplete() {
        return there.bytes() == sizeBytes;
    }

    /** The first byte from this position on that is not there; the size if all are. */
    synchronized long firstMissing(long position) {
        return there.endOfRunAt(position);
    }

    /** Where what is missing from this position on ends. */
    synchronized long endOfGap(long position) {
        return there.nextStart(position, sizeBytes);
    }

    /**
     * Writes those of the bytes that are not there yet. What is there stays as it is: it may have been read or hashed.
     *
     * @return how many bytes were new
     */
    synchronized long write(byte[] bytes, int length, long position) throws IOException {
        long before = there.bytes();
        long end = position + length;
        long at = Math.min(there.endOfRunAt(position), end);
        while (at < end) {
            long to = there.nextStart(at, end);
            disk.write(channel, ByteBuffer.wrap(bytes, (int) (at - position), (int) (to - at)), at);
            there.add(at, to);
            at = Math.min(there.endOfRunAt(to), end);
        }
        if (there.bytes() - notedBytes >= NOTE_EVERY_BYTES) {
            writeNote();
        }
        return there.bytes() - before;
    }

    /** Notes what is there. */
    synchronized void writeNote() throws IOException {
        Path fresh = note.resolveSibling(note.getFileName() + ".new");
        Files.writeString(fresh, there.toText());
        Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        notedBytes = there.bytes();
    }

    /** Reads bytes that are there. @return how many, at least 1 */
    int read(ByteBuffer into, long position) throws IOException {
        int read = channel.read(into, position);
        if (read < 1) {
            throw new IOException(file + " became shorter while it was downloaded");
        }
        return read;
    }

    /** Returns when what was written is on the disk. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Gives the whole and verified file its own name. Before that, it is on the disk. */
    void moveTo(Path target) throws IOException {
        channel.force(true);
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(note);
    }

    /** Forgets everything that was received. */
    void delete() throws IOException {
        Files.deleteIfExists(note);
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
