package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.hub.RepoListing;
import samovar.json.Json;

/** The mirror in front of a Hub that answers as the public one does. */
class HubMirrorTest {
    private static final String ID = "org/model";
    private static final String GRAPH = "/org/model/resolve/main/onnx/model.onnx";

    @TempDir
    private Path cache;

    private final Map<String, byte[]> content = new LinkedHashMap<>();
    private FakeHub hub;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        content.put("config.json", "{\"model_type\":\"qwen2\"}".getBytes(StandardCharsets.UTF_8));
        content.put("README.md", "# A model".getBytes(StandardCharsets.UTF_8));
        byte[] weights = new byte[300_000];
        new Random(1).nextBytes(weights);
        content.put("onnx/model.onnx", weights);
        content.put("onnx/model_q4.onnx", new byte[1000]);
        content.put("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
        hub = new FakeHub().add(ID, content);
        server = TestServer.start(hub.config(cache));
    }

    @AfterEach
    void stop() {
        server.close();
        hub.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private HttpResponse<byte[]> bytes(String path) throws Exception {
        return server.http().send(server.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void redirectsAreFollowedInsideAndSayNothingOfTheHubsStorage() throws Exception {
        HttpResponse<byte[]> large = bytes(GRAPH);
        assertThat(large.statusCode()).isEqualTo(200);
        assertThat(large.body()).isEqualTo(content.get("onnx/model.onnx"));
        assertThat(header(large, "X-Repo-Commit")).isEqualTo(hub.commit(ID));
        assertThat(header(large, "X-Linked-Etag"))
                .isEqualTo("\"" + FakeHub.sha256(content.get("onnx/model.onnx")) + "\"")
                .isEqualTo(header(large, "ETag"));
        assertThat(header(large, "X-Linked-Size")).isEqualTo("300000");
        assertThat(large.headers().map().keySet()).noneMatch(name -> name.contains("xet"));
        assertThat(header(large, "Link")).isNull();
        HttpResponse<byte[]> small = bytes("/org/model/resolve/main/config.json");
        assertThat(small.body()).isEqualTo(content.get("config.json"));
        assertThat(header(small, "X-Linked-Size")).isNull();
    }

    @Test
    void modelInfoIsTheHubsWithoutItsStorage() throws Exception {
        for (String path : List.of("/api/models/org/model", "/api/models/org/model/revision/" + hub.commit(ID))) {
            HttpResponse<String> answer = server.get(path);
            Json info = TestServer.json(answer);
            assertThat(info.get("pipeline_tag").asString()).isEqualTo("text-generation");
            assertThat(info.get("sha").asString()).isEqualTo(hub.commit(ID));
            assertThat(RepoListing.ofModelInfo(info).files()).hasSize(5);
            assertThat(answer.body()).doesNotContainIgnoringCase("xet");
        }
    }

    @Test
    void aListingWithoutSizesIsReadFromThePagesOfTheTree() throws Exception {
        hub.hideBlobs();
        assertThat(bytes(GRAPH).body()).isEqualTo(content.get("onnx/model.onnx"));
        assertThat(hub.count("/tree/")).isEqualTo(3);
    }

    @Test
    void aTreeLeadsNoWhereElse() throws Exception {
        hub.hideBlobs();
        hub.answer("/api/models/org/model/tree/" + hub.commit(ID), exchange -> {
            exchange.getResponseHeaders().set("Link", "<http://169.254.169.254/x>; rel=\"next\"");
            FakeHub.send(exchange, 200, "[]".getBytes(StandardCharsets.UTF_8));
        });
        HttpResponse<String> answer = server.get(GRAPH);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("169.254.169.254", "not on that Hub");
    }

    @Test
    void aTreeIsGivenInPagesOfOneCommit() throws Exception {
        List<String> paths = new ArrayList<>();
        String next = "/api/models/org/model/tree/main?recursive=true&limit=4";
        int pages = 0;
        while (next != null) {
            HttpResponse<String> page = server.get(next);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            paths.addAll(TestServer.json(page).listOf(entry -> entry.get("path").asString()));
            if (pages == 0) {
                hub.add(ID, Map.of("other.json", new byte[1]));
            }
            pages++;
            next = Optional.ofNullable(header(page, "Link"))
                    .map(link -> URI.create(link.substring(1, link.indexOf('>'))))
                    .map(uri -> uri.getPath() + "?" + uri.getRawQuery())
                    .orElse(null);
        }
        assertThat(pages).isEqualTo(2);
        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "onnx", "config.json", "README.md", "onnx/model.onnx", "onnx/model_q4.onnx", "tokenizer.json");
        assertThat(server.get("/api/models/org/model/tree/main?cursor=bm9uZQ").statusCode())
                .isEqualTo(400);
        assertThat(server.get("/api/models/org/model/tree/main?limit=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void pathsAreToldByName() throws Exception {
        HttpResponse<String> json = server.send(server.request("/api/models/org/model/paths-info/main")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"paths\":[\"onnx/model.onnx\",\"none\"],\"expand\":true}")));
        assertThat(TestServer.json(json)
                        .listOf(entry -> entry.get("lfs").get("oid").asString()))
                .containsExactly(FakeHub.sha256(content.get("onnx/model.onnx")));
        HttpResponse<String> form = server.send(server.request("/api/models/org/model/paths-info/main")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("paths=config.json&paths=README.md&expand=True")));
        assertThat(TestServer.json(form).listOf(entry -> entry.get("path").asString()))
                .containsExactly("config.json", "README.md");
    }

    @Test
    void aSearchIsPassedThroughInBoundedPages() throws Exception {
        for (int i = 0; i < 150; i++) {
            hub.add("many/model-" + i, Map.of());
        }
        HttpResponse<String> first = server.get("/api/models?search=many%2F&limit=100000");
        assertThat(header(first, "X-Samovar-Source")).isEqualTo("hub");
        assertThat(TestServer.json(first).size()).isEqualTo(100);
        assertThat(first.body()).doesNotContainIgnoringCase("xet");
        String link = header(first, "Link");
        assertThat(link)
                .startsWith("<http://127.0.0.1:" + server.port() + "/api/models?")
                .endsWith(">; rel=\"next\"");
        URI next = URI.create(link.substring(1, link.indexOf('>')));
        HttpResponse<String> second = server.get(next.getPath() + "?" + next.getRawQuery());
        assertThat(TestServer.json(second).size()).isEqualTo(50);
        assertThat(header(second, "Link")).isNull();
        assertThat(server.get("/api/models?search=" + "x".repeat(2500)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void withoutAHubASearchTellsWhatIsHere() throws Exception {
        server.get("/api/models/org/model");
        hub.close();
        HttpResponse<String> answer = server.get("/api/models?search=MODEL");
        assertThat(header(answer, "X-Samovar-Source")).isEqualTo("here");
        assertThat(TestServer.json(answer).listOf(entry -> entry.get("id").asString()))
                .containsExactly(ID);
        assertThat(TestServer.json(server.get("/api/models?search=none")).size())
                .isZero();
    }

    @Test
    void aPageOfAnotherSiteSearchesOnlyWhatIsHere() throws Exception {
        HttpResponse<String> answer =
                server.send(server.request("/api/models?search=org").header("Origin", "https://app.example"));
        assertThat(header(answer, "X-Samovar-Source")).isEqualTo("here");
        assertThat(header(answer, "Access-Control-Expose-Headers"))
                .contains("X-Samovar-Source", "Link", "X-Error-Code");
        assertThat(hub.requests()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsToldWithTheCommit() throws Exception {
        HttpResponse<String> answer = server.get("/org/model/resolve/main/none.json");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "X-Error-Code")).isEqualTo("EntryNotFound");
        assertThat(header(answer, "X-Repo-Commit")).isEqualTo(hub.commit(ID));
        assertThat(header(server.get("/org/model/resolve/v2/config.json"), "X-Error-Code"))
                .isEqualTo("RevisionNotFound");
        assertThat(header(server.get("/org/none/resolve/main/config.json"), "X-Error-Code"))
                .isEqualTo("RepoNotFound");
    }
}
