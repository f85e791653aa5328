package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose cache has room for about two graphs of tiny-chat. */
class CacheLimitServerTest {
    private static final long LIMIT = 2_600_000;
    private static final String QUESTION =
            "{\"model\":\"bundled/tiny-chat\",\"dtype\":\"q8\",\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 plus 4?\"}],\"temperature\":0}";

    @TempDir
    private Path cache;

    @Test
    void filesComeAndGoButNotThoseOfALoadedModel() throws Exception {
        try (TestServer hub = TestServer.start();
                TestServer server = TestServer.start(config(hub))) {
            assertThat(server.chat(QUESTION).statusCode()).isEqualTo(200);
            List<Path> loaded = large();
            assertThat(loaded).hasSize(1);
            for (String dtype : List.of("_q4", "_bnb4", "_uint8", "_int8", "_q4")) {
                HttpResponse<String> answer =
                        server.get("/bundled/tiny-chat/resolve/main/onnx/model" + dtype + ".onnx");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(large()).containsAll(loaded);
                assertThat(bytes()).isLessThanOrEqualTo(LIMIT);
            }
            assertThat(server.metric("samovar_cache_evictions_total")).isGreaterThan(1);
            HttpResponse<String> tooLarge = server.get("/bundled/tiny-chat/resolve/main/onnx/model.onnx");
            assertThat(tooLarge.statusCode()).isEqualTo(502);
            assertThat(TestServer.json(tooLarge).get("error").asString()).contains("--cache-limit");
            assertThat(server.chat(QUESTION).statusCode()).isEqualTo(200);
        }
    }

    private ServerConfig config(TestServer hub) {
        ServerConfig config = TestServer.config(options -> options.models(List.of())
                .cache(cache)
                .cacheLimit(LIMIT)
                .offline(false)
                .hub("http://127.0.0.1:" + hub.port()));
        return new ServerConfig(
                config.network(), config.models(), new ServerConfig.Inference(Optional.empty(), 4, 1L << 30));
    }

    private List<Path> large() throws Exception {
        return blobs().stream().filter(file -> file.toFile().length() > 500_000).toList();
    }

    private long bytes() throws Exception {
        return blobs().stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private List<Path> blobs() throws Exception {
        try (Stream<Path> walk = Files.walk(cache.resolve("blobs"))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
