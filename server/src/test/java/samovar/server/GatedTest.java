package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner's token opens is for requests with a key, also once the token is gone. */
class GatedTest {
    private static final String KEY = "s3cret";
    private static final String GATED = "/org/gated/resolve/main/onnx/model.onnx";
    private static final String HIDDEN = "/org/hidden/resolve/main/config.json";
    private static final String PUBLIC = "/org/open/resolve/main/onnx/model.onnx";

    @TempDir
    private Path cache;

    private FakeHub hub;

    @BeforeEach
    void start() throws Exception {
        Map<String, byte[]> files = Map.of("config.json", new byte[2], "onnx/model.onnx", new byte[5000]);
        hub = new FakeHub()
                .add(new FakeHub.Repo("org/gated", "auto", false, Map.of("onnx/model.onnx", new byte[5000])))
                .add(new FakeHub.Repo("org/hidden", "false", true, Map.of("config.json", new byte[10])))
                .add("org/open", files);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private TestServer server(boolean token, boolean offline) {
        ServerConfig config = hub.config(cache);
        return TestServer.start(new ServerConfig(
                new ServerConfig.Network("127.0.0.1", 0, Optional.of(KEY)),
                (token ? config.models().token(FakeHub.TOKEN) : config.models()).offline(offline),
                config.inference()));
    }

    private static HttpResponse<String> get(TestServer server, String path, String key) throws Exception {
        HttpRequest.Builder request = server.request(path);
        return server.send(key.isEmpty() ? request : request.header("Authorization", "Bearer " + key));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Error-Code")).hasValue(code);
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void gatedFilesNeedAKeyNowAndAfterARestartWithoutTheToken() throws Exception {
        try (TestServer server = server(true, false)) {
            assertRefused(get(server, GATED, ""), 401, "GatedRepo");
            assertThat(hub.count(hub.stored("org/gated", "onnx/model.onnx"))).isZero();
            assertThat(get(server, GATED, KEY).statusCode()).isEqualTo(200);
            assertRefused(get(server, GATED, ""), 401, "GatedRepo");
            assertRefused(get(server, GATED, "wrong"), 403, "GatedRepo");
            assertThat(get(server, GATED, FakeHub.TOKEN).statusCode()).isEqualTo(200);
        }
        for (boolean offline : new boolean[] {false, true}) {
            try (TestServer server = server(false, offline)) {
                String commit = hub.commit("org/gated");
                for (String path :
                        new String[] {GATED, GATED.replace("main", commit), GATED.replace("resolve", "raw")}) {
                    assertRefused(get(server, path, ""), 401, "GatedRepo");
                    assertRefused(get(server, path, FakeHub.TOKEN), 403, "GatedRepo");
                    assertThat(get(server, path, KEY).statusCode()).isEqualTo(200);
                }
                HttpResponse<String> own =
                        server.send(server.request(GATED).header("Origin", "http://127.0.0.1:" + server.port()));
                assertRefused(own, 401, "GatedRepo");
                HttpResponse<String> head =
                        server.send(server.request(GATED).method("HEAD", HttpRequest.BodyPublishers.noBody()));
                assertRefused(head, 401, "GatedRepo");
                assertThat(get(server, GATED, KEY).headers().firstValue("Cache-Control"))
                        .hasValue("no-cache");
                assertThat(get(server, GATED.replace("main", commit), KEY)
                                .headers()
                                .firstValue("Cache-Control"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("private"));
            }
        }
    }

    @Test
    void anybodyMayKnowWhatAGatedRepositoryHolds() throws Exception {
        try (TestServer server = server(true, false)) {
            HttpResponse<String> info = get(server, "/api/models/org/gated", "");
            assertThat(info.statusCode()).isEqualTo(200);
            assertThat(TestServer.json(info).get("gated").asString()).isEqualTo("auto");
            assertThat(get(server, "/api/models/org/gated/tree/main", "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPrivateRepositoryDoesNotExistWithoutAKey() throws Exception {
        try (TestServer server = server(true, false)) {
            for (String path : new String[] {
                HIDDEN, "/api/models/org/hidden", "/api/models/org/hidden/tree/main", HIDDEN.replace("resolve", "raw")
            }) {
                assertRefused(get(server, path, ""), 404, "RepoNotFound");
                assertThat(get(server, path, KEY).statusCode()).as(path).isEqualTo(200);
                assertRefused(get(server, path, ""), 404, "RepoNotFound");
            }
            assertThat(get(server, "/api/models?search=hidden", "").body()).isEqualTo("[]");
            assertThat(get(server, "/api/models?search=hidden", KEY).body()).contains("org/hidden");
        }
        try (TestServer server = server(false, true)) {
            assertRefused(get(server, HIDDEN, ""), 404, "RepoNotFound");
            assertThat(get(server, HIDDEN, KEY).statusCode()).isEqualTo(200);
            assertThat(get(server, "/api/models?search=hidden", "").body()).isEqualTo("[]");
        }
    }

    @Test
    void publicFilesStayEverybodysAndTheTokenIsNotSentForThem() throws Exception {
        try (TestServer server = server(true, false)) {
            assertThat(get(server, PUBLIC, "").statusCode()).isEqualTo(200);
            HttpResponse<String> foreign = server.send(server.request(PUBLIC).header("Origin", "https://app.example"));
            assertThat(foreign.statusCode()).isEqualTo(200);
            assertThat(hub.requests())
                    .filteredOn(line -> line.contains("/resolve/"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(FakeHub.TOKEN));
        }
    }
}
