package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of the mirror get while the file they ask for is still on its way from a Hub that is slow, or lies. */
class MirrorWhileDownloadingTest {
    private static final int SIZE = 2_000_000;
    private static final String COMMIT = "a".repeat(40);
    private static final String FILE = "/org/slow/resolve/main/onnx/model.onnx";

    @TempDir
    private Path cache;

    private final byte[] content = new byte[SIZE];
    private final CountDownLatch rest = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private byte[] sent = content;
    private HttpServer hub;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        new Random(3).nextBytes(content);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        String listing = "{\"id\":\"org/slow\",\"sha\":\"" + COMMIT
                + "\",\"siblings\":[{\"rfilename\":\"onnx/model.onnx\",\"size\":" + SIZE
                + ",\"blobId\":\"" + "0".repeat(40) + "\",\"lfs\":{\"sha256\":\"" + sha256 + "\",\"size\":" + SIZE
                + ",\"pointerSize\":130}}]}";
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.setExecutor(threads);
        hub.createContext("/api/", exchange -> answer(exchange, listing.getBytes(StandardCharsets.UTF_8)));
        hub.createContext("/org/slow/resolve/", this::slowly);
        hub.start();
        ServerConfig config = TestServer.config(options -> options.models(List.of())
                .cache(cache)
                .offline(false)
                .hub("http://127.0.0.1:" + hub.getAddress().getPort()));
        server = TestServer.start(new ServerConfig(
                config.network(), config.models(), new ServerConfig.Inference(Optional.empty(), 4, 1L << 30)));
    }

    @AfterEach
    void stop() {
        rest.countDown();
        server.close();
        hub.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void slowly(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(sent, 0, SIZE - 1);
            exchange.getResponseBody().flush();
            await(rest);
            exchange.getResponseBody().write(sent, SIZE - 1, 1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bytesReachTheClientBeforeTheUpstreamHasSentThemAll() throws Exception {
        HttpResponse<InputStream> answer =
                server.http().send(server.request(FILE).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (InputStream body = answer.body()) {
            assertThat(body.readNBytes(1_000_000)).isEqualTo(Arrays.copyOf(content, 1_000_000));
            rest.countDown();
            assertThat(body.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1_000_000, SIZE));
        }
    }

    @Test
    void aRangeOfAFileOnItsWayIsThatRange() throws Exception {
        rest.countDown();
        HttpResponse<byte[]> answer = server.http()
                .send(
                        server.request(FILE)
                                .header("Range", "bytes=100000-299999")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes 100000-299999/" + SIZE);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, 100_000, 300_000));
    }

    @Test
    void aDamagedFileNeverEndsCleanlyAndNeverEntersTheCache() throws Exception {
        sent = content.clone();
        sent[10] ^= 1;
        HttpResponse<InputStream> answer =
                server.http().send(server.request(FILE).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (InputStream body = answer.body()) {
            assertThat(body.readNBytes(1000)).hasSize(1000);
            rest.countDown();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(cache.resolve("blobs/sha256")).doesNotExist();

        sent = content;
        assertThat(server.http()
                        .send(server.request(FILE).build(), HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(content);
    }

    @Test
    void aHubThatIsAwayBeforeTheFirstByteIsAnErrorInWords() throws Exception {
        assertThat(server.get("/api/models/org/slow").statusCode()).isEqualTo(200);
        hub.removeContext("/org/slow/resolve/");
        HttpResponse<String> answer = server.get(FILE);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Error-Code")).hasValue("EntryNotFound");
        assertThat(TestServer.json(answer).get("error").asString()).contains("onnx/model.onnx");
    }
}
