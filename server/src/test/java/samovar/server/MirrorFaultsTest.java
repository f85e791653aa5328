package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of the mirror see when the Hub, or the cache's disk, does what it should not. */
class MirrorFaultsTest {
    private static final int SIZE = 1_000_000;
    private static final String PATH = "onnx/model.onnx";
    private static final String GRAPH = "/org/model/resolve/main/" + PATH;

    @TempDir
    private Path cache;

    private final byte[] content = new byte[SIZE];
    private FakeHub hub;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        new Random(11).nextBytes(content);
        hub = new FakeHub().add("org/model", Map.of(PATH, content, "config.json", new byte[10]));
        server = TestServer.start(hub.config(cache));
    }

    @AfterEach
    void stop() {
        server.close();
        hub.close();
    }

    private void stored(com.sun.net.httpserver.HttpHandler handler) {
        hub.answer(hub.stored("org/model", PATH), handler);
    }

    private byte[] get() throws Exception {
        HttpResponse<byte[]> answer =
                server.http().send(server.request(GRAPH).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.body();
    }

    /** Whatever the client sees, it is not the file; and the cache has nothing of it. */
    private void assertNoFile() throws Exception {
        try {
            HttpResponse<byte[]> answer =
                    server.http().send(server.request(GRAPH).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(502);
        } catch (IOException cutOff) {
            assertThat(cutOff).isNotNull();
        }
        assertThat(blobs()).isEmpty();
    }

    private List<Path> blobs() throws IOException {
        Path folder = cache.resolve("blobs/sha256");
        try (Stream<Path> walk = Files.exists(folder) ? Files.walk(folder) : Stream.of()) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aCutAtAnyTenthIsNotSeenByTheClient(int tenth) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        stored(exchange -> {
            if (asked.getAndIncrement() == 0) {
                exchange.sendResponseHeaders(200, SIZE);
                exchange.getResponseBody().write(content, 0, SIZE / 10 * tenth);
                exchange.getResponseBody().flush();
                exchange.close();
            } else {
                FakeHub.sendRange(exchange, content, SIZE, 0);
            }
        });
        assertThat(get()).isEqualTo(content);
        assertThat(asked.get()).isBetween(2, 3);
        assertThat(blobs()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "1, false", "0, true"})
    void aWrongLengthOrHashIsNoFile(int more, boolean flipped) throws Exception {
        byte[] wrong = Arrays.copyOf(content, SIZE + more);
        wrong[SIZE / 2] ^= (byte) (flipped ? 1 : 0);
        stored(exchange -> FakeHub.send(exchange, 200, wrong));
        assertNoFile();
        stored(exchange -> FakeHub.sendRange(exchange, content, SIZE, 0));
        assertThat(get()).isEqualTo(content);
    }

    /** Without a length, and with one that fits. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWebPageWithStatus200IsNoFile(boolean ofThatLength) throws Exception {
        byte[] page = Arrays.copyOf("<html>Sign in</html>".getBytes(StandardCharsets.UTF_8), ofThatLength ? SIZE : 20);
        stored(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(page);
        });
        assertNoFile();
    }

    @Test
    void aStormOf429IsWaitedOutForAllClientsAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        stored(exchange -> {
            if (asked.incrementAndGet() <= 3) {
                busy(exchange, "0");
            } else {
                FakeHub.sendRange(exchange, content, SIZE, 0);
            }
        });
        List<CompletableFuture<HttpResponse<byte[]>>> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(
                    server.http().sendAsync(server.request(GRAPH).build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> client : clients) {
            assertThat(client.get().body()).isEqualTo(content);
        }
        assertThat(asked.get()).isEqualTo(4);
    }

    @Test
    void anUpstreamThatWantsAnHourIsSaidSoAtOnce() throws Exception {
        stored(exchange -> busy(exchange, "3600"));
        long start = System.nanoTime();
        HttpResponse<String> answer = server.get(GRAPH);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(TestServer.json(answer).get("error").asString()).contains("Retry-After: 3600");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static void busy(HttpExchange exchange, String seconds) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", seconds);
        FakeHub.refuse(exchange, 429, "");
    }

    @Test
    void aRedirectInACircleIsAnErrorInWords() throws Exception {
        stored(exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getPath());
            FakeHub.refuse(exchange, 302, "");
        });
        HttpResponse<String> answer = server.get(GRAPH);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(TestServer.json(answer).get("error").asString()).contains("redirects more than");
    }

    /** Folders that are files can't be written by anybody, root included. */
    @Test
    void aCacheThatCannotBeWrittenServesWhatItHasAndSaysWhatItCannotKeep() throws Exception {
        assertThat(get()).isEqualTo(content);
        assertThat(server.get("/org/model/resolve/main/config.json").statusCode())
                .isEqualTo(200);
        hub.add("org/new", Map.of(PATH, new byte[1000]));
        server.close();
        for (String folder : List.of("partial", "locks", "uses", "repos/org/new")) {
            deleteTree(cache.resolve(folder));
            Files.writeString(cache.resolve(folder), "no folder");
        }
        for (String folder : List.of("repos/org/model/listings", "repos/org/model/refs", "blobs/sha256")) {
            assertThat(cache.resolve(folder).toFile().setWritable(false)).isTrue();
        }
        server = TestServer.start(hub.config(cache));
        assertThat(get()).isEqualTo(content);
        HttpResponse<String> info = server.get("/api/models/org/new");
        assertThat(info.statusCode()).as(info.body()).isEqualTo(200);
        HttpResponse<String> answer = server.get("/org/new/resolve/main/" + PATH);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(TestServer.json(answer).get("error").asString())
                .contains("cannot write org/new", "choose another cache folder");
        assertThat(get()).isEqualTo(content);
        for (String folder : List.of("repos/org/model/listings", "repos/org/model/refs", "blobs/sha256")) {
            assertThat(cache.resolve(folder).toFile().setWritable(true)).isTrue();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path :
                        walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
