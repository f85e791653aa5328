package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers as processes of their own: two on one cache folder, and one that is killed in mid-download. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class MirrorProcessesTest {
    private static final int SIZE = 16_000_000;
    private static final String PATH = "onnx/model.onnx";
    private static final String GRAPH = "/org/model/resolve/main/" + PATH;

    @TempDir
    private Path home;

    private final byte[] content = new byte[SIZE];
    private final HttpClient http = HttpClient.newHttpClient();

    private FakeHub hub() throws Exception {
        new Random(5).nextBytes(content);
        FakeHub hub = new FakeHub().add("org/model", Map.of(PATH, content));
        hub.answer(hub.stored("org/model", PATH), exchange -> FakeHub.sendRange(exchange, content, 500_000, 40));
        return hub;
    }

    private Process start(FakeHub hub) throws Exception {
        // An empty folder of models: nothing is loaded at the start.
        Path none = Files.createDirectories(home.resolve("none"));
        return ServerProcess.start(
                home, "--port", "0", "--hub", hub.url(), "--models", none.toString(), "--model", "org/none");
    }

    private CompletableFuture<HttpResponse<byte[]>> get(String url) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(url + GRAPH)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Path cached(String folder) {
        return home.resolve("cache/samovar").resolve(folder);
    }

    @Test
    void twoOnOneCacheDownloadOnceAndBothGiveTheFile() throws Exception {
        try (FakeHub hub = hub()) {
            Process first = start(hub);
            Process second = start(hub);
            try {
                String[] urls = {ServerProcess.url(first), ServerProcess.url(second)};
                CompletableFuture<HttpResponse<byte[]>> one = get(urls[0]);
                CompletableFuture<HttpResponse<byte[]>> other = get(urls[1]);
                assertThat(one.get().body()).isEqualTo(content);
                assertThat(other.get().body()).isEqualTo(content);
                assertThat(hub.count(hub.stored("org/model", PATH))).isEqualTo(1);
            } finally {
                first.destroyForcibly().waitFor();
                second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void oneThatWasKilledGoesOnWhereItWas() throws Exception {
        try (FakeHub hub = hub()) {
            Process killed = start(hub);
            try {
                CompletableFuture<HttpResponse<byte[]>> cut = get(ServerProcess.url(killed));
                while (!isNoted()) {
                    assertThat(killed.isAlive()).isTrue();
                    Thread.sleep(20);
                }
                // SIGKILL: nothing is closed, nothing is written.
                killed.destroyForcibly().waitFor();
                assertThat(cut.handle((answer, failure) -> failure != null).get())
                        .isTrue();
            } finally {
                killed.destroyForcibly();
            }
            assertThat(cached("blobs/sha256")).doesNotExist();
            Process next = start(hub);
            try {
                assertThat(get(ServerProcess.url(next)).get().body()).isEqualTo(content);
            } finally {
                next.destroyForcibly().waitFor();
            }
            assertThat(hub.requests())
                    .filteredOn(line -> line.contains(hub.stored("org/model", PATH)))
                    .hasSize(2);
            assertThat(hub.lastRange()).matches("bytes=[1-9][0-9]{6,}-" + (SIZE - 1));
        }
    }

    private boolean isNoted() throws Exception {
        if (!Files.exists(cached("partial"))) {
            return false;
        }
        try (Stream<Path> files = Files.list(cached("partial"))) {
            return files.anyMatch(file -> file.toString().endsWith(".ranges"));
        }
    }
}
