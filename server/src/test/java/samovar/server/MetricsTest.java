package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} counts of the mirror. */
class MetricsTest {
    private static final int SIZE = 300_000;
    private static final String GRAPH = "/org/model/resolve/main/onnx/model.onnx";

    @TempDir
    private Path cache;

    private static HttpResponse<byte[]> bytes(TestServer server, String path) throws Exception {
        return server.http().send(server.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void countsHitsAndBytesOnBothSides() throws Exception {
        try (FakeHub hub = new FakeHub().add("org/model", Map.of("onnx/model.onnx", new byte[SIZE]));
                TestServer server = TestServer.start(hub.config(cache))) {
            bytes(server, GRAPH);
            bytes(server, GRAPH);
            bytes(server, GRAPH);
            assertThat(server.metric("samovar_cache_misses_total")).isEqualTo(1);
            assertThat(server.metric("samovar_cache_hits_total")).isEqualTo(2);
            assertThat(server.metric("samovar_upstream_bytes_total")).isEqualTo(SIZE);
            assertThat(server.metric("samovar_client_bytes_total")).isEqualTo(3 * SIZE);
            assertThat(server.metric("samovar_downloads_running")).isZero();
            assertThat(server.metric("samovar_verification_failures_total")).isZero();
        }
    }

    @Test
    void countsDownloadsThatRunAndThoseThatWereDamaged() throws Exception {
        try (FakeHub hub = new FakeHub().add("org/model", Map.of("onnx/model.onnx", new byte[SIZE]));
                TestServer server = TestServer.start(hub.config(cache))) {
            byte[] damaged = new byte[SIZE];
            damaged[7] = 1;
            hub.answer(hub.stored("org/model", "onnx/model.onnx"), exchange -> {
                try {
                    assertThat(server.metric("samovar_downloads_running")).isEqualTo(1);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                FakeHub.send(exchange, 200, damaged);
            });
            HttpResponse<String> answer = server.get("/api/models/org/model");
            assertThat(answer.statusCode()).isEqualTo(200);
            try {
                assertThat(bytes(server, GRAPH).statusCode()).isNotEqualTo(200);
            } catch (java.io.IOException cut) {
                assertThat(cut).isNotNull();
            }
            assertThat(server.metric("samovar_verification_failures_total")).isEqualTo(1);
            assertThat(server.metric("samovar_downloads_running")).isZero();
        }
    }

    @Test
    void timesEachRouteUnderLabelsThatNoRequestCanAddTo() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (int i = 0; i < 20; i++) {
                server.get("/bundled/tiny-chat/resolve/main/config.json");
                server.get("/nowhere/" + i);
                server.send(server.request("/odd/" + i).method("ODD" + i, HttpRequest.BodyPublishers.noBody()));
            }
            String text = server.get("/metrics").body();
            assertThat(text)
                    .contains("samovar_http_requests_seconds_bucket{")
                    .contains("route=\"/{org}/{name}/resolve/{revision}/<path>\"")
                    .contains("le=\"0.025\"");
            List<String> series = text.lines()
                    .filter(line -> line.startsWith("samovar_http_requests_seconds_count"))
                    .toList();
            assertThat(series).hasSizeBetween(2, 8).noneMatch(line -> line.contains("ODD") || line.contains("nowhere"));
            assertThat(series)
                    .anyMatch(line -> line.contains("/resolve/")
                            && line.contains("method=\"GET\"")
                            && line.contains("status=\"2xx\"")
                            && line.endsWith(" 20"));
        }
    }
}
