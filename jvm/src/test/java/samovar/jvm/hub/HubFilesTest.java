package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.hub.HubException;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.JsonWriter;
import samovar.jvm.Fixtures;

class HubFilesTest {
    private static final RepoId QWEN = RepoId.of("onnx-community/Qwen2.5-0.5B-Instruct");
    private static final String GRAPH = "onnx/model_q4.onnx";
    private static final HubClient.Patience SHORT =
            new HubClient.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(400));

    private static final Download.Pace PACE =
            new Download.Pace(new Retries(2, Duration.ofMillis(10), Duration.ofSeconds(2)), 1 << 30, 1 << 20, 4);

    @TempDir
    Path cache;

    private TestHub hub;
    private HubFiles files;
    private String commit;

    @BeforeEach
    void start() throws IOException {
        hub = new TestHub(Map.of(QWEN, Fixtures.MODELS.resolve("bundled/tiny-chat")));
        files = files(Optional.of(client(Optional.empty())));
        commit = hub.listing(QWEN).commit();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aFileComesWholeUnderItsOwnNameAndOnlyOnce() throws IOException {
        RepoListing listing = files.list(QWEN, Revision.MAIN);
        assertThat(listing).isEqualTo(hub.listing(QWEN));
        List<Long> progress = new ArrayList<>();
        Path graph = files.fetch(QWEN, commit, GRAPH, progress::add);
        Path again = files.fetch(QWEN, commit, GRAPH, received -> progress.add(-1L));

        assertThat(graph).hasFileName("model_q4.onnx").isEqualTo(again).startsWith(cache);
        assertThat(graph)
                .hasSameBinaryContentAs(
                        Fixtures.MODELS.resolve("bundled/tiny-chat").resolve(GRAPH));
        assertThat(progress).isSorted().doesNotContain(-1L).endsWith(Files.size(graph));
        assertThat(hub.requests())
                .filteredOn(path -> path.endsWith("/" + GRAPH))
                .containsExactly(resolve(GRAPH), lfs(GRAPH));
        assertThat(files.fetch(QWEN, commit, "config.json", received -> {}).getParent())
                .isEqualTo(graph.getParent().getParent());
    }

    @Test
    void aSecondStartWorksOffline() throws IOException {
        files.list(QWEN, Revision.MAIN);
        String config = files.readText(QWEN, new Revision(commit), "config.json");
        Path graph = files.fetch(QWEN, commit, GRAPH, received -> {});
        hub.close();

        HubFiles offline = files(Optional.empty());
        assertThat(offline.list(QWEN, Revision.MAIN).commit()).isEqualTo(commit);
        assertThat(offline.readText(QWEN, Revision.MAIN, "config.json"))
                .isEqualTo(config)
                .contains("\"qwen2\"");
        assertThat(offline.fetch(QWEN, commit, GRAPH, received -> {})).isEqualTo(graph);
        assertFault(
                () -> offline.fetch(QWEN, commit, "onnx/model_fp16.onnx", received -> {}),
                HubException.Kind.OFFLINE,
                "onnx/model_fp16.onnx of " + QWEN + " (1916959 bytes)",
                cache.toString(),
                "offline");
        HubFiles unreachable = files(Optional.of(client(Optional.empty())));
        assertThat(unreachable.list(QWEN, Revision.MAIN).commit()).isEqualTo(commit);
    }

    @Test
    void aModelFolderGoesBeforeTheHub() {
        HubFiles both = new HubFiles(
                new ModelFolders(List.of(Fixtures.MODELS)),
                new VerifiedCache(cache),
                Optional.of(client(Optional.empty())));
        assertThat(both.fetch(Fixtures.TINY_CHAT, "main", GRAPH, received -> {}))
                .startsWith(Fixtures.MODELS);
        assertThat(both.list(Fixtures.TINY_CHAT, Revision.MAIN).find(GRAPH)).isPresent();
        assertThat(hub.requests()).isEmpty();
        assertThat(both.list(QWEN, Revision.MAIN).commit()).isEqualTo(commit);
    }

    @Test
    void concurrentRequestsAreOneDownload() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        byte[] content = content(GRAPH);
        hub.answer(lfs(GRAPH), exchange -> {
            started.countDown();
            await(go);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        files.list(QWEN, Revision.MAIN);
        HubFiles otherProcess = files(Optional.of(client(Optional.empty())));
        ExecutorService pool = Executors.newFixedThreadPool(6);
        List<Future<Path>> paths = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            HubFiles one = i < 4 ? files : otherProcess;
            paths.add(pool.submit(() -> one.fetch(QWEN, commit, GRAPH, received -> {})));
        }
        await(started);
        go.countDown();
        for (Future<Path> path : paths) {
            assertThat(path.get(20, TimeUnit.SECONDS)).hasBinaryContent(content);
        }
        pool.shutdown();
        assertThat(hub.requests()).filteredOn(lfs(GRAPH)::equals).hasSize(1);
    }

    @Test
    void aCutDownloadIsAnErrorAndLeavesNothing() throws IOException {
        byte[] content = content(GRAPH);
        hub.answer(lfs(GRAPH), exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 100_000);
            exchange.getResponseBody().flush();
            // Closing a body that lacks bytes breaks the connection.
            exchange.close();
        });
        assertNothingEnters(HubException.Kind.UNAVAILABLE, QWEN + "@" + commit + ":" + GRAPH, "of 889444 bytes");
    }

    @Test
    void aShortAnswerThatEndsCleanlyIsAnErrorToo() throws IOException {
        byte[] content = content(GRAPH);
        hub.answer(lfs(GRAPH), exchange -> {
            exchange.sendResponseHeaders(200, 100_000);
            exchange.getResponseBody().write(content, 0, 100_000);
        });
        assertNothingEnters(HubException.Kind.UNAVAILABLE, "100000 bytes, not its 889444 bytes");
    }

    @Test
    void oneWrongByteIsFoundByTheHash() throws IOException {
        byte[] content = content(GRAPH);
        content[500_000] ^= 1;
        hub.answer(lfs(GRAPH), bytes(content));
        assertNothingEnters(HubException.Kind.CORRUPT, GRAPH + " came damaged", "its SHA256 is");
    }

    @Test
    void aWebPageInsteadOfAFileIsFound() throws IOException {
        hub.answer(lfs(GRAPH), bytes("<html>Sign in to the hotel's network</html>".getBytes(StandardCharsets.UTF_8)));
        assertNothingEnters(HubException.Kind.UNAVAILABLE, "43 bytes, not its 889444 bytes", "login page");
        hub.answer(
                resolve("config.json"), bytes("<html>Sign in</html>".repeat(50).getBytes(StandardCharsets.UTF_8)));
        assertFault(
                () -> files.readText(QWEN, new Revision(commit), "config.json"),
                HubException.Kind.UNAVAILABLE,
                "1000 bytes, not its 600 bytes");
        assertNoContents();
    }

    @Test
    void aStalledDownloadIsGivenUp() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        hub.answer(lfs(GRAPH), exchange -> {
            exchange.sendResponseHeaders(200, 889_444);
            exchange.getResponseBody().write(new byte[1000]);
            exchange.getResponseBody().flush();
            await(end);
        });
        assertNothingEnters(HubException.Kind.UNAVAILABLE, "hardly any bytes came for");
        end.countDown();
    }

    @Test
    void afterAFailureTheNextTryStartsAfresh() throws IOException {
        hub.answer(lfs(GRAPH), bytes(new byte[889_444]));
        assertNothingEnters(HubException.Kind.CORRUPT, "its SHA256 is");
        hub.answer(lfs(GRAPH), bytes(content(GRAPH)));
        assertThat(files.fetch(QWEN, commit, GRAPH, received -> {})).hasBinaryContent(content(GRAPH));
    }

    @Test
    void aFullDiskIsThatRequestsErrorAndLeavesNothing() throws IOException {
        HubFiles full = new HubFiles(
                new ModelFolders(List.of()),
                new VerifiedCache(cache, new FullDisk(300_000), PACE),
                Optional.of(client(Optional.empty())));
        assertFault(
                () -> full.fetch(QWEN, commit, GRAPH, received -> {}),
                HubException.Kind.UNAVAILABLE,
                "cannot write " + QWEN + "@" + commit + ":" + GRAPH + " (889444 bytes) to the cache " + cache,
                "No space left on device",
                "free some space");
        assertNoContents();
        assertThat(full.readText(QWEN, Revision.MAIN, "config.json")).contains("qwen2");
    }

    @ParameterizedTest
    @CsvSource({
        "404, EntryNotFound, ENTRY_NOT_FOUND, has no such file",
        "404, '', ENTRY_NOT_FOUND, has no such file",
        "404, RevisionNotFound, REVISION_NOT_FOUND, try main",
        "401, RepoNotFound, REPO_NOT_FOUND, check the id",
        "401, '', REPO_NOT_FOUND, set HF_TOKEN",
        "401, GatedRepo, GATED, accept its terms",
        "403, '', GATED, accept its terms",
        "503, '', UNAVAILABLE, answered 503",
        "429, '', UNAVAILABLE, try again later",
    })
    void theHubsRefusalsKeepTheirMeaning(int status, String code, HubException.Kind kind, String part) {
        hub.answer(resolve("config.json"), exchange -> TestHub.refuse(exchange, status, code));
        assertFault(() -> files.readText(QWEN, new Revision(commit), "config.json"), kind, part, "config.json");
    }

    @Test
    void anUnknownRepositoryRevisionAndFileAreThreeErrors() {
        assertFault(
                () -> files.list(RepoId.of("nobody/nothing"), Revision.MAIN),
                HubException.Kind.REPO_NOT_FOUND,
                "nobody/nothing");
        assertFault(() -> files.list(QWEN, new Revision("v9")), HubException.Kind.REVISION_NOT_FOUND, "v9");
        assertFault(
                () -> files.readText(QWEN, Revision.MAIN, "missing.json"),
                HubException.Kind.ENTRY_NOT_FOUND,
                "missing.json");
        assertThat(files.findText(QWEN, Revision.MAIN, "chat_template.jinja")).isEmpty();
    }

    @Test
    void aListingThatIsAWebPageNamesTheProxy() {
        hub.answer("/api/models/" + QWEN + "/revision/main", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            TestHub.send(exchange, 200, "<html>Sign in</html>");
        });
        assertFault(() -> files.list(QWEN, Revision.MAIN), HubException.Kind.UNAVAILABLE, "text/html", "proxy");
    }

    @Test
    void theTokenGoesToTheHubAndNotWhereItRedirects() throws IOException {
        try (TestHub elsewhere = new TestHub(Map.of())) {
            byte[] content = content(GRAPH);
            elsewhere.answer("/cdn", bytes(content));
            hub.answer(resolve(GRAPH), exchange -> {
                exchange.getResponseHeaders().set("Location", elsewhere.url() + "/cdn");
                TestHub.send(exchange, 302, "");
            });
            String gated =
                    JsonWriter.write(hub.listing(QWEN).toModelInfo()).replace("\"gated\":false", "\"gated\":\"auto\"");
            hub.answer("/api/models/" + QWEN + "/revision/" + commit, exchange -> TestHub.send(exchange, 200, gated));
            HubFiles known = files(Optional.of(client(Optional.of("hf_secret"))));
            assertThat(known.fetch(QWEN, commit, GRAPH, received -> {})).hasBinaryContent(content);

            assertThat(hub.tokens()).contains(resolve(GRAPH) + "=Bearer hf_secret");
            assertThat(elsewhere.requests()).containsExactly("/cdn");
            assertThat(elsewhere.tokens()).isEmpty();
        }
    }

    @Test
    void theTokenIsNotUsedForFilesThatEverybodyMayHave() {
        files(Optional.of(client(Optional.of("hf_secret")))).fetch(QWEN, commit, GRAPH, received -> {});
        assertThat(hub.tokens()).isNotEmpty().noneMatch(line -> line.startsWith(resolve(GRAPH)));
    }

    @Test
    void aHubThatDoesNotSayForWhomItAnswersIsTakenToAnswerForTheOwner() {
        String silent = JsonWriter.write(hub.listing(QWEN).toModelInfo()).replace("\"gated\":false,", "");
        hub.answer("/api/models/" + QWEN + "/revision/main", exchange -> TestHub.send(exchange, 200, silent));
        assertThat(files(Optional.of(client(Optional.of("hf_secret"))))
                        .info(QWEN, Revision.MAIN)
                        .reach())
                .isEqualTo(RepoInfo.Reach.PRIVATE);
        RepoInfo remembered = files(Optional.empty()).info(QWEN, Revision.MAIN);
        assertThat(remembered.reach()).isEqualTo(RepoInfo.Reach.PRIVATE);
        assertThat(JsonWriter.write(remembered.toModelInfo())).doesNotContain("samovar");
        assertThat(files.info(QWEN, Revision.MAIN).reach()).isEqualTo(RepoInfo.Reach.EVERYBODY);
    }

    @Test
    void redirectsInACircleAndToOtherSchemesAreRefused() {
        hub.answer(resolve(GRAPH), exchange -> {
            exchange.getResponseHeaders().set("Location", resolve(GRAPH));
            TestHub.send(exchange, 302, "");
        });
        assertFault(
                () -> files.fetch(QWEN, commit, GRAPH, received -> {}),
                HubException.Kind.UNAVAILABLE,
                "redirects more than 5");
        hub.answer(resolve(GRAPH), exchange -> {
            exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
            TestHub.send(exchange, 302, "");
        });
        assertFault(
                () -> files.fetch(QWEN, commit, GRAPH, received -> {}),
                HubException.Kind.UNAVAILABLE,
                "'file:///etc/passwd', which is no address to follow");
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd", "/etc/passwd", "onnx/../../x", "a\\b", "onnx//x", "C:x"})
    void aPathThatLeadsOutIsRefusedBeforeAnythingIsAsked(String path) {
        assertFault(() -> files.fetch(QWEN, "main", path, received -> {}), HubException.Kind.INVALID, "not a path");
        assertThat(hub.requests()).isEmpty();
    }

    @Test
    void aListingCannotPlaceAFileOutsideOfTheCache() {
        String evil = "{\"id\":\"" + QWEN + "\",\"sha\":\"" + "a".repeat(40)
                + "\",\"siblings\":[{\"rfilename\":\"../../../evil\",\"size\":1,\"blobId\":\"" + "0".repeat(40)
                + "\"}]}";
        hub.answer("/api/models/" + QWEN + "/revision/main", exchange -> TestHub.send(exchange, 200, evil));
        assertFault(() -> files.list(QWEN, Revision.MAIN), HubException.Kind.INVALID, "../../../evil");
    }

    private void assertNothingEnters(HubException.Kind kind, String... parts) throws IOException {
        assertFault(() -> files.fetch(QWEN, commit, GRAPH, received -> {}), kind, parts);
        assertNoContents();
    }

    private void assertNoContents() throws IOException {
        Path blobs = cache.resolve("blobs");
        if (Files.exists(blobs)) {
            try (Stream<Path> walk = Files.walk(blobs)) {
                assertThat(walk.filter(Files::isRegularFile)).isEmpty();
            }
        }
        assertThat(cache.resolve("repos").resolve(QWEN.toString()).resolve("commits"))
                .doesNotExist();
    }

    private static void assertFault(ThrowingCallable call, HubException.Kind kind, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HubException.class, fault -> {
            assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(kind);
            assertThat(fault.getMessage()).contains(parts);
        });
    }

    private HubFiles files(Optional<HubClient> upstream) {
        return new HubFiles(
                new ModelFolders(List.of()), new VerifiedCache(cache, PartialFile.Disk.REAL, PACE), upstream);
    }

    private HubClient client(Optional<String> token) {
        return new HubClient(new HubUrls(hub.url()), token, SHORT);
    }

    private String resolve(String path) {
        return "/" + QWEN + "/resolve/" + commit + "/" + path;
    }

    private String lfs(String path) {
        return "/lfs-content" + resolve(path);
    }

    private static byte[] content(String path) throws IOException {
        return Files.readAllBytes(Fixtures.MODELS.resolve("bundled/tiny-chat").resolve(path));
    }

    private static HttpHandler bytes(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
