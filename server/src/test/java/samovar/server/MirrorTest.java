package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.hub.RepoListing;
import samovar.json.Json;

class MirrorTest {
    private static final String CONFIG = "/bundled/tiny-chat/resolve/main/config.json";
    private static final String LARGE = "/bundled/SmolLM2-135M-Instruct/resolve/main/onnx/model_q4.onnx_data_1";
    private static final Path MODELS = Path.of("..", "models", "bundled");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
        return server.http().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Test
    void servesAFileWithTheHeadersOfTheHub() throws Exception {
        HttpResponse<byte[]> response = bytes(server.request(CONFIG));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Files.readAllBytes(MODELS.resolve("tiny-chat/config.json")));
        assertThat(header(response, "ETag")).matches("\"[0-9a-f]{40}\"");
        assertThat(header(response, "X-Repo-Commit")).matches("[0-9a-f]{40}");
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "X-Linked-Size")).isNull();
        assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    }

    @Test
    void tellsOfALargeFileWithoutSendingIt() throws Exception {
        HttpResponse<byte[]> response =
                bytes(server.request(LARGE).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        long size = Files.size(MODELS.resolve("SmolLM2-135M-Instruct/onnx/model_q4.onnx_data_1"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(size));
        assertThat(header(response, "X-Linked-Size")).isEqualTo(String.valueOf(size));
        assertThat(header(response, "X-Linked-Etag"))
                .isEqualTo(header(response, "ETag"))
                .matches("\"[0-9a-f]{64}\"");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0, 4",
        "bytes=10-19, 10, 10",
        "bytes=100-, 100, -1",
        "bytes=-7, -7, 7",
        "bytes=5-999999999, 5, -1",
        "bytes=0-99999999999999999999999999, 0, -1",
        "bytes=-99999999999999999999999999, 0, -1",
        "bytes=0000000000000000000003-000000000000007, 3, 5",
    })
    void sendsAPart(String range, int from, int length) throws Exception {
        byte[] whole = Files.readAllBytes(MODELS.resolve("tiny-chat/config.json"));
        int first = from < 0 ? whole.length + from : from;
        int end = length < 0 ? whole.length : first + length;
        HttpResponse<byte[]> response = bytes(server.request(CONFIG).header("Range", range));
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(whole, first, end));
        assertThat(header(response, "Content-Range"))
                .isEqualTo("bytes " + first + "-" + (end - 1) + "/" + whole.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-1,5-6",
                "bytes=5-2",
                "lines=1-2",
                "bytes=x-2",
                "bytes=-",
                "bytes=",
                "bytes",
                "bytes=--5",
                "bytes=-5-",
                "bytes=+1-2",
                "bytes=0x10-0x20",
                "bytes=1e3-",
                "bytes=0-0, 0-0, 0-0, 0-0, 0-0, 0-0, 0-0, 0-0, 0-0, 0-0",
                "bytes=-18446744073709551616-0",
            })
    void sendsTheWholeForRangesThatItNeedNotHonour(String range) throws Exception {
        assertThat(bytes(server.request(CONFIG).header("Range", range)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=999999999-",
        "bytes=-0",
        "bytes=99999999999999999999999-",
        "bytes=18446744073709551615-18446744073709551616"
    })
    void refusesAPartThatTheFileDoesNotHave(String range) throws Exception {
        HttpResponse<byte[]> response = bytes(server.request(CONFIG).header("Range", range));
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range"))
                .isEqualTo("bytes */" + Files.size(MODELS.resolve("tiny-chat/config.json")));
    }

    @Test
    void saysThatAKnownFileHasNotChanged() throws Exception {
        String etag = header(bytes(server.request(CONFIG)), "ETag");
        for (String known : new String[] {etag, "W/" + etag, "\"other\", " + etag, "*"}) {
            HttpResponse<byte[]> response = bytes(server.request(CONFIG).header("If-None-Match", known));
            assertThat(response.statusCode()).as(known).isEqualTo(304);
            assertThat(header(response, "ETag")).isEqualTo(etag);
        }
        assertThat(bytes(server.request(CONFIG).header("If-None-Match", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> changed =
                bytes(server.request(CONFIG).header("Range", "bytes=0-3").header("If-Range", "\"other\""));
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    @Test
    void servesACommitForGoodAndTheBranchFreshly() throws Exception {
        HttpResponse<byte[]> main = bytes(server.request(CONFIG));
        assertThat(header(main, "Cache-Control")).isEqualTo("no-cache");
        String commit = header(main, "X-Repo-Commit");
        HttpResponse<byte[]> fixed = bytes(server.request("/bundled/tiny-chat/resolve/" + commit + "/config.json"));
        assertThat(fixed.statusCode()).isEqualTo(200);
        assertThat(header(fixed, "Cache-Control")).contains("immutable");
    }

    @Test
    void letsEveryOriginReadFilesAndTheirHeaders() throws Exception {
        HttpHeaders headers = bytes(server.request(CONFIG).header("Origin", "https://app.example"))
                .headers();
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(headers.firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("ETag", "X-Repo-Commit", "X-Linked-Size", "X-Linked-Etag", "Content-Range");
        HttpResponse<byte[]> preflight = bytes(server.request(CONFIG)
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "range")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Headers")).containsIgnoringCase("range");
    }

    @Test
    void listsARepositoryAsTheHubDoes() throws Exception {
        for (String path : new String[] {
            "/api/models/bundled/tiny-chat?blobs=true", "/api/models/bundled/tiny-chat/revision/main?blobs=true"
        }) {
            RepoListing listing = RepoListing.ofModelInfo(TestServer.json(server.get(path)));
            assertThat(listing.find("onnx/model_q4.onnx").orElseThrow().sizeBytes())
                    .isEqualTo(Files.size(MODELS.resolve("tiny-chat/onnx/model_q4.onnx")));
        }
    }

    @Test
    void listsTheTree() throws Exception {
        Json root = TestServer.json(server.get("/api/models/bundled/tiny-chat/tree/main"));
        assertThat(root.listOf(entry ->
                        entry.get("type").asString() + " " + entry.get("path").asString()))
                .contains("directory onnx", "file config.json")
                .doesNotContain("file onnx/model.onnx");
        Json all = TestServer.json(server.get("/api/models/bundled/tiny-chat/tree/main?recursive=true"));
        assertThat(RepoListing.filesOfTree(all)).extracting("path").contains("onnx/model.onnx", "config.json");
        Json folder = TestServer.json(server.get("/api/models/bundled/tiny-chat/tree/main/onnx"));
        assertThat(folder.listOf(entry -> entry.get("path").asString())).contains("onnx/model.onnx");
        assertThat(folder.listOf(entry -> entry.get("path").asString())).doesNotContain("config.json");
    }

    @Test
    void takesHeadForTheDefaultBranch() throws Exception {
        assertThat(server.get("/api/models/bundled/tiny-chat/revision/HEAD").statusCode())
                .isEqualTo(200);
        assertThat(server.get(CONFIG.replace("main", "HEAD")).statusCode()).isEqualTo(200);
    }

    @Test
    void givesWhatGitHoldsUnderRaw() throws Exception {
        assertThat(server.get(CONFIG.replace("resolve", "raw")).body()).contains("\"model_type\"");
        long size = Files.size(MODELS.resolve("SmolLM2-135M-Instruct/onnx/model_q4.onnx_data_1"));
        assertThat(server.get(LARGE.replace("resolve", "raw")).body())
                .matches("version https://git-lfs.github.com/spec/v1\noid sha256:[0-9a-f]{64}\nsize " + size + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/bundled/tiny-chat/resolve/main/none.json, 404, EntryNotFound",
        "/bundled/tiny-chat/resolve/v9/config.json, 404, RevisionNotFound",
        "/bundled/tiny-chat/resolve/refs%2Fpr%2F1/config.json, 404, RevisionNotFound",
        "/org/none/resolve/main/config.json, 404, RepoNotFound",
        "/api/models/org/none, 404, RepoNotFound",
        "/api/models/bundled/tiny-chat/revision/v9, 404, RevisionNotFound",
        "/api/models/bundled/tiny-chat/tree/main/nowhere, 404, EntryNotFound",
    })
    void refusesAsTheHubDoes(String path, int status, String code) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "X-Error-Code")).isEqualTo(code);
        assertThat(header(response, "X-Error-Message")).isNotBlank();
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(TestServer.json(response).get("error").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "/bundled/tiny-chat/resolve/main/../../../../pom.xml",
        "/bundled/tiny-chat/resolve/main/..%2f..%2f..%2fpom.xml",
        "/bundled/tiny-chat/resolve/main/%2e%2e/%2e%2e/README.md",
        "/bundled/tiny-chat/resolve/main/..%5c..%5cREADME.md",
        "/bundled/tiny-chat/resolve/main/onnx/%2e%2e%2f%2e%2e%2fSmolLM2-135M-Instruct/config.json",
        "/bundled/tiny-chat/resolve/main//etc/passwd",
        "/bundled/tiny-chat/resolve/main/%2fetc%2fpasswd",
        "/bundled/tiny-chat/resolve/main/config.json%00.txt",
        "/bundled/tiny-chat/resolve/..%2f..%2f/config.json",
        "/bundled/tiny-chat/resolve/%2e%2e/config.json",
        "/bundled/tiny-chat/raw/main/..%2f..%2fREADME.md",
        "/bundled/../resolve/main/README.md",
        "/bundled/%2e%2e/resolve/main/README.md",
        "/%2e%2e/models/resolve/main/pom.xml",
        "/..%2f../models/resolve/main/pom.xml",
        "/api/models/bundled/%2e%2e",
        "/api/models/..%2f../x/tree/main",
        "/api/models/bundled/tiny-chat/tree/main/..%2f..",
        "/api/models/bundled/tiny-chat/revision/..%2fmain",
        "/bundled/tiny-chat/resolve/main/%252e%252e/%252e%252e/README.md",
        "/bundled/tiny-chat/resolve/main/..%252f..%252fREADME.md",
        "/bundled/tiny-chat/resolve/main/%c0%ae%c0%ae/%c0%ae%c0%ae/README.md",
        "/bundled/tiny-chat/resolve/main/%uff0e%uff0e/README.md",
        "/bundled/tiny-chat/resolve/main/%ef%bc%8e%ef%bc%8e/%ef%bc%8e%ef%bc%8e/README.md",
        "/bundled/tiny-chat/resolve/main/..%ef%bc%8f..%ef%bc%8fREADME.md",
        "/bundled/tiny-chat/resolve/main/..%e2%88%95..%e2%88%95README.md",
        "/bundled/tiny-chat/resolve/main/..;/..;/README.md",
        "/bundled/tiny-chat/resolve/%252e%252e/config.json",
        "/bundled/tiny-chat/resolve/%ef%bc%8e%ef%bc%8e/config.json",
        "/bundled/%252e%252e/resolve/main/README.md",
        "/%252e%252e/models/resolve/main/pom.xml",
        "/%ef%bc%8e%ef%bc%8e/models/resolve/main/pom.xml",
        "/bundled/tiny-chat/raw/%252e%252e%252f/README.md",
        "/api/models/%252e%252e/x",
        "/api/models/bundled/tiny-chat/tree/%252e%252e",
        "/api/models/bundled/tiny-chat/tree/main/%252e%252e%252f%252e%252e",
        "/api/models/bundled/tiny-chat/tree/main?cursor=..%2f..%2fetc%2fpasswd",
        "/api/models/bundled/tiny-chat/tree/main?limit=..%2f..",
        "/v1/models/..%2f..%2fetc/plan",
        "/v1/models/%252e%252e/x/plan",
        "/assets/%2e%2e%2f%2e%2e%2fpom.xml",
        "/%2e%2e%2fsamovar%2fserver%2fMain.class",
    })
    void letsNoParameterLeadOutOfTheModelFolders(String path) throws Exception {
        String answer = AccessTest.exchange(
                server, "GET " + path + " HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .containsPattern("^HTTP/1.1 40[04]")
                .doesNotContain("# Embedded models", "<modules>", "root:");
    }
}
