package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.json.JsonWriter;

/** A file of 5 GB from the cache. It is sparse, and its hash is made up: whole contents are not hashed again when they are read. */
class LargeFileTest {
    private static final long SIZE = 5_000_000_000L;
    private static final String COMMIT = "d".repeat(40);
    private static final String FILE = "/org/large/resolve/" + COMMIT + "/onnx/model.onnx";

    @TempDir
    private Path cache;

    private ServerConfig config() throws Exception {
        String hash = "ab".repeat(32);
        RepoFile file = new RepoFile("onnx/model.onnx", SIZE, null, hash);
        Path listings = Files.createDirectories(cache.resolve("repos/org/large/listings"));
        Files.writeString(
                listings.resolve(COMMIT + ".json"),
                JsonWriter.write(new RepoListing(RepoId.of("org/large"), COMMIT, List.of(file)).toModelInfo()));
        Path blob = Files.createDirectories(cache.resolve("blobs/sha256/ab")).resolve(hash);
        try (RandomAccessFile sparse = new RandomAccessFile(blob.toFile(), "rw")) {
            sparse.setLength(SIZE);
            sparse.seek(SIZE - 3);
            sparse.write("end".getBytes(StandardCharsets.US_ASCII));
        }
        ServerConfig config =
                TestServer.config(options -> options.models(List.of()).cache(cache));
        return new ServerConfig(
                config.network(), config.models(), new ServerConfig.Inference(Optional.empty(), 4, 1L << 30));
    }

    /** What the server's threads allocated so far. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum - threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long read(TestServer server, String range, byte[] last) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET " + FILE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + range + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertThat(head.toString()).startsWith(range.isEmpty() ? "HTTP/1.1 200" : "HTTP/1.1 206");
            byte[] buffer = new byte[1 << 20];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = Math.max(0, read - last.length); i < read; i++) {
                    System.arraycopy(last, 1, last, 0, last.length - 1);
                    last[last.length - 1] = buffer[i];
                }
                total += read;
            }
            return total;
        }
    }

    @Test
    void isStreamedWholeWithMemoryThatDoesNotGrow() throws Exception {
        try (TestServer server = TestServer.start(config())) {
            byte[] last = new byte[3];
            read(server, "Range: bytes=0-999999\r\n", last);
            long before = allocated();
            assertThat(read(server, "", last)).isEqualTo(SIZE);
            assertThat(new String(last, StandardCharsets.US_ASCII)).isEqualTo("end");
            assertThat(allocated() - before).isLessThan(100_000_000L);
        }
    }

    @Test
    void rangesBeyondFourGigabytesAreRight() throws Exception {
        try (TestServer server = TestServer.start(config())) {
            byte[] last = new byte[3];
            assertThat(read(server, "Range: bytes=-1000\r\n", last)).isEqualTo(1000);
            assertThat(new String(last, StandardCharsets.US_ASCII)).isEqualTo("end");
            assertThat(read(server, "Range: bytes=4294967290-4294967305\r\n", last))
                    .isEqualTo(16);
        }
    }
}
