package samovar.jvm.ortcpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import samovar.runtime.RuntimeFault;

/**
 * Looks at a graph file before ONNX Runtime does. An ONNX graph is a protobuf message; its outermost fields are walked, a
 * few hundred bytes of reading, and must end where the file ends. That finds a cut file, a web page and a Git LFS pointer.
 */
final class GraphFile {
    private static final int PROBE_BYTES = 64;
    private static final int MAX_VARINT_BYTES = 10;

    private final FileChannel channel;
    private final long size;
    private long position;

    private GraphFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** @throws RuntimeFault DAMAGED_FILE, saying what the file is instead where that can be told */
    static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            String start = start(channel);
            if (start.startsWith("version https://git-lfs")) {
                throw damaged(file, "it is a Git LFS pointer, not the file; run `git lfs pull` where it was cloned");
            }
            if (start.stripLeading().startsWith("<")) {
                throw damaged(file, "it is a web page, not a graph; download it again and look at it in a browser");
            }
            if (!new GraphFile(channel).isWhole()) {
                throw damaged(file, "it is no whole ONNX graph: cut short, or another kind of file; download it again");
            }
        }
    }

    private static RuntimeFault damaged(Path file, String why) {
        return new RuntimeFault(RuntimeFault.Kind.DAMAGED_FILE, file + " is damaged: " + why);
    }

    private static String start(FileChannel channel) throws IOException {
        ByteBuffer probe = ByteBuffer.allocate(PROBE_BYTES);
        channel.read(probe, 0);
        return new String(probe.array(), 0, probe.position(), StandardCharsets.ISO_8859_1);
    }

    private boolean isWhole() throws IOException {
        if (size == 0) {
            return false;
        }
        while (position < size) {
            if (!skipField()) {
                return false;
            }
        }
        return position == size;
    }

    /** Wire types of protobuf: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes; ONNX uses no other. */
    private boolean skipField() throws IOException {
        long tag = varint();
        if (tag < 8) {
            return false;
        }
        switch ((int) (tag & 7)) {
            case 0 -> {
                return varint() != -1;
            }
            case 1 -> position += 8;
            case 2 -> {
                long length = varint();
                if (length < 0 || length > size - position) {
                    return false;
                }
                position += length;
            }
            case 5 -> position += 4;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The next varint, or -1 where the file ends in it or it is longer than protobuf allows. */
    private long varint() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_VARINT_BYTES);
        int available = channel.read(bytes, position);
        long value = 0;
        for (int i = 0; i < available; i++) {
            byte b = bytes.get(i);
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                position += i + 1;
                return value < 0 ? Long.MAX_VALUE : value;
            }
        }
        return -1;
    }
}
