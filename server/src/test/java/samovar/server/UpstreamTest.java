package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.wire.ChatCompletion;
import samovar.wire.ModelList;
import samovar.wire.ModelPlan;

/** A server whose Hub is another one of ours: what the mirror serves is what the upstream side understands. */
class UpstreamTest {
    private static final String QUESTION =
            "{\"model\":\"bundled/tiny-chat\",\"dtype\":\"q8\",\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 plus 4?\"}],\"temperature\":0}";

    @TempDir
    private static Path cache;

    private static TestServer hub;
    private static TestServer server;

    @BeforeAll
    static void start() {
        hub = TestServer.start();
        server = TestServer.start(withHub(cache, false));
    }

    private static ServerConfig withHub(Path cache, boolean offline) {
        return withHub(hub, cache, offline);
    }

    private static ServerConfig withHub(TestServer hub, Path cache, boolean offline) {
        ServerConfig config = TestServer.config(options ->
                options.models(List.of()).cache(cache).offline(offline).hub("http://127.0.0.1:" + hub.port()));
        return new ServerConfig(
                config.network(), config.models(), new ServerConfig.Inference(Optional.empty(), 4, 1L << 30));
    }

    @AfterAll
    static void stop() {
        server.close();
        hub.close();
    }

    private static List<Path> cachedFiles(Path folder) throws Exception {
        try (Stream<Path> walk = Files.walk(folder.resolve("blobs"))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void chatsWithAModelOfTheHubAndFetchesOnlyWhatItsPlanNeeds(@TempDir Path own) throws Exception {
        try (TestServer fresh = TestServer.start(withHub(own, false))) {
            assertThat(ModelList.ofJson(TestServer.json(fresh.get("/v1/models")))
                            .models())
                    .isEmpty();
            ModelPlan plan = ModelPlan.ofJson(TestServer.json(fresh.get("/v1/models/bundled/tiny-chat/plan?dtype=q8")));
            assertThat(plan.plan().modules().get(0).dtype().label()).isEqualTo("q8");

            ChatCompletion completion = ChatCompletion.ofJson(TestServer.json(fresh.chat(QUESTION)));

            assertThat(completion.content()).isEqualTo("3 plus 4 is 7.");
            List<Path> large = cachedFiles(own).stream()
                    .filter(file -> file.toFile().length() > 500_000)
                    .toList();
            assertThat(large).hasSize(1);
            assertThat(Files.size(large.get(0))).isEqualTo(plan.plan().totalBytes());
            assertThat(ModelList.ofJson(TestServer.json(fresh.get("/v1/models")))
                            .models())
                    .extracting(ModelList.Entry::id)
                    .containsExactly("bundled/tiny-chat");
        }
    }

    @Test
    void mirrorsFilesOfTheHubToManyClientsAtOnce() throws Exception {
        String path = "/bundled/tiny-chat/resolve/main/onnx/model_bnb4.onnx";
        HttpResponse<String> head =
                server.send(server.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(server.http().sendAsync(server.request(path).build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        byte[] expected =
                Files.readAllBytes(Path.of("..", "models", "bundled", "tiny-chat", "onnx", "model_bnb4.onnx"));
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            assertThat(answer.get().body()).isEqualTo(expected);
            assertThat(answer.get().headers().firstValue("ETag"))
                    .isEqualTo(head.headers().firstValue("ETag"));
        }
    }

    @Test
    void pagesOfOtherSitesReadWhatIsHereAndDownloadNothing(@TempDir Path own) throws Exception {
        String config = "/bundled/tiny-chat/resolve/main/config.json";
        try (TestServer fresh = TestServer.start(withHub(own, false))) {
            assertThat(fresh.send(fresh.request(config).header("Origin", "https://evil.example"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(own.resolve("blobs")).doesNotExist();
            assertThat(fresh.get(config).statusCode()).isEqualTo(200);
            assertThat(fresh.send(fresh.request(config).header("Origin", "https://evil.example"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fresh.send(fresh.request("/bundled/tiny-chat/resolve/main/tokenizer.json")
                                    .header("Sec-Fetch-Site", "cross-site"))
                            .statusCode())
                    .isEqualTo(504);
        }
    }

    @Test
    void downloadsNothingToSayThatNothingChanged(@TempDir Path own) throws Exception {
        String path = "/bundled/tiny-chat/resolve/main/onnx/model_int8.onnx";
        try (TestServer fresh = TestServer.start(withHub(own, false))) {
            String etag = hub.get(path).headers().firstValue("ETag").orElseThrow();
            assertThat(fresh.send(fresh.request(path).header("If-None-Match", etag))
                            .statusCode())
                    .isEqualTo(304);
            assertThat(own.resolve("blobs")).doesNotExist();
        }
    }

    @Test
    void goesOnWithWhatIsLoadedWhenTheHubIsGone(@TempDir Path own) throws Exception {
        TestServer leaving = TestServer.start();
        try (TestServer fresh = TestServer.start(withHub(leaving, own, false))) {
            fresh.chat(QUESTION);
            leaving.close();
            assertThat(ModelList.ofJson(TestServer.json(fresh.get("/v1/models")))
                            .models())
                    .extracting(ModelList.Entry::id, ModelList.Entry::state)
                    .containsExactly(tuple("bundled/tiny-chat", ModelList.State.READY));
            assertThat(fresh.chat(QUESTION).statusCode()).isEqualTo(200);
            HttpResponse<String> other = fresh.get("/v1/models/org/none/plan");
            assertThat(other.statusCode()).isEqualTo(503);
            assertThat(TestServer.json(other).get("error").get("code").asString())
                    .isEqualTo("hub_unavailable");
        } finally {
            leaving.close();
        }
    }

    @Test
    void passesTheHubsRefusalsOn() throws Exception {
        HttpResponse<String> file = server.get("/bundled/tiny-chat/resolve/main/none.json");
        assertThat(file.statusCode()).isEqualTo(404);
        assertThat(file.headers().firstValue("X-Error-Code")).hasValue("EntryNotFound");
        HttpResponse<String> repo = server.get("/api/models/org/none");
        assertThat(repo.statusCode()).isEqualTo(404);
        assertThat(repo.headers().firstValue("X-Error-Code")).hasValue("RepoNotFound");
    }

    @Test
    void worksOfflineFromWhatWasFetchedBefore() throws Exception {
        server.chat(QUESTION);
        try (TestServer offline = TestServer.start(withHub(cache, true))) {
            assertThat(ChatCompletion.ofJson(TestServer.json(offline.chat(QUESTION)))
                            .content())
                    .isEqualTo("3 plus 4 is 7.");
            HttpResponse<String> other = offline.get("/bundled/tiny-chat/resolve/main/onnx/model_fp16.onnx");
            assertThat(other.statusCode()).isEqualTo(504);
        }
    }
}
