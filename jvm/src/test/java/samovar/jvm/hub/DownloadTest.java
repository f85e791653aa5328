package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.hub.HubException;
import samovar.hub.HubUrls;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.JsonWriter;

/** Downloads that break off, are cut, lied to, cancelled and followed, against a Hub that does all that. */
class DownloadTest {
    private static final RepoId REPO = RepoId.of("org/large");
    private static final String COMMIT = "c".repeat(40);
    private static final String PATH = "onnx/model.onnx";
    private static final String URL = "/" + REPO + "/resolve/" + COMMIT + "/" + PATH;
    private static final int SIZE = 3_000_000;
    private static final Retries RETRIES = new Retries(3, Duration.ofMillis(10), Duration.ofSeconds(2));
    private static final Download.Pace ONE = new Download.Pace(RETRIES, 1 << 30, 1 << 20, 4);
    private static final Download.Pace FOUR = new Download.Pace(RETRIES, 1 << 20, 200_000, 4);

    @TempDir
    Path root;

    private final byte[] content = new byte[SIZE];
    private TestHub hub;
    private RepoListing listing;
    private RepoFile file;

    @BeforeEach
    void start() throws IOException {
        new Random(7).nextBytes(content);
        Path sample = Files.write(root.resolve("sample"), content);
        String sha256 =
                ContentHash.ofContent(ContentHash.Algorithm.SHA256, sample).hex();
        file = new RepoFile(PATH, SIZE, null, sha256);
        listing = new RepoListing(REPO, COMMIT, List.of(file));
        hub = new TestHub(Map.of());
        hub.answer(
                "/api/models/" + REPO + "/revision/" + COMMIT,
                exchange -> TestHub.send(exchange, 200, JsonWriter.write(listing.toModelInfo())));
        hub.answer(URL, exchange -> TestHub.sendRange(exchange, content));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aDownloadCutAtEveryTenthGoesOnWhereItWas() throws IOException {
        AtomicInteger cuts = new AtomicInteger();
        hub.answer(URL, cutAfter(SIZE / 10, cuts));
        assertThat(fetch(files(ONE))).hasBinaryContent(content);
        // What was on its way when the connection broke may be lost.
        assertThat(cuts.get()).isBetween(10, 30);
        assertThat(hub.ranges(URL)).hasSize(cuts.get()).doesNotHaveDuplicates().startsWith("");
        assertThat(partials()).isEmpty();
    }

    @Test
    void afterARestartOnlyTheRestIsFetched() throws IOException {
        hub.answer(URL, once(cutAfter(1_000_000, new AtomicInteger()), exchange -> TestHub.refuse(exchange, 404, "")));
        assertThatThrownBy(() -> fetch(files(ONE))).isInstanceOf(HubException.class);
        assertThat(partials()).isNotEmpty();

        hub.answer(URL, exchange -> TestHub.sendRange(exchange, content));
        List<Long> progress = new ArrayList<>();
        assertThat(files(ONE).fetch(REPO, COMMIT, PATH, progress::add)).hasBinaryContent(content);
        assertThat(hub.ranges(URL)).last().asString().matches("bytes=[1-9]\\d{5,}-" + (SIZE - 1));
        assertThat(progress).isSorted().endsWith((long) SIZE);
        assertThat(partials()).isEmpty();
    }

    @Test
    void damagedLeftoversAreFoundByTheHashAndFetchedAnew() throws IOException {
        hub.answer(URL, once(cutAfter(1_000_000, new AtomicInteger()), exchange -> TestHub.refuse(exchange, 404, "")));
        assertThatThrownBy(() -> fetch(files(ONE))).isInstanceOf(HubException.class);
        Path part = partials().stream()
                .filter(path -> !path.toString().endsWith(".ranges"))
                .findFirst()
                .orElseThrow();
        byte[] damaged = Files.readAllBytes(part);
        damaged[1000] ^= 1;
        Files.write(part, damaged);

        hub.answer(URL, exchange -> TestHub.sendRange(exchange, content));
        assertThat(fetch(files(ONE))).hasBinaryContent(content);
    }

    @Test
    void aLargeFileComesInSeveralRangesAtOnce() throws Exception {
        CountDownLatch together = new CountDownLatch(4);
        hub.answer(URL, exchange -> {
            together.countDown();
            await(together);
            TestHub.sendRange(exchange, content);
        });
        assertThat(fetch(files(FOUR))).hasBinaryContent(content);
        assertThat(hub.ranges(URL)).hasSize(15).doesNotHaveDuplicates().contains("bytes=0-199999");
    }

    @Test
    void anUpstreamWithoutRangesIsReadByOneConnection() throws IOException {
        hub.answer(URL, exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content);
        });
        assertThat(fetch(files(FOUR))).hasBinaryContent(content);
        assertThat(hub.ranges(URL)).hasSizeBetween(1, 4);
    }

    @Test
    void aBusyHubIsAskedAgainAfterThePauseItWants() throws IOException {
        AtomicInteger storms = new AtomicInteger();
        hub.answer(URL, exchange -> {
            if (storms.incrementAndGet() <= 3) {
                exchange.getResponseHeaders().set("Retry-After", storms.get() == 1 ? "1" : "0");
                TestHub.refuse(exchange, storms.get() == 2 ? 429 : 503, "");
            } else {
                TestHub.sendRange(exchange, content);
            }
        });
        long start = System.nanoTime();
        assertThat(fetch(files(ONE))).hasBinaryContent(content);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(storms).hasValue(4);
    }

    @Test
    void aHubThatStaysBusyIsGivenUp() {
        hub.answer(URL, exchange -> TestHub.refuse(exchange, 429, ""));
        assertFault(HubException.Kind.UNAVAILABLE, "answered 429");
        assertThat(hub.ranges(URL)).hasSize(4);
    }

    @Test
    void aHubThatWantsALongPauseIsNotAskedAgain() {
        hub.answer(URL, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            TestHub.refuse(exchange, 429, "");
        });
        assertFault(HubException.Kind.UNAVAILABLE, "Retry-After: 3600");
        assertThat(hub.ranges(URL)).hasSize(1);
    }

    @Test
    void bytesThatComeOneByOneAreNoDownload() {
        hub.answer(URL, exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(content, i, 1);
                exchange.getResponseBody().flush();
                pause(50);
            }
        });
        assertFault(files(ONE, Duration.ofMillis(600)), HubException.Kind.UNAVAILABLE, "hardly any bytes came");
    }

    @Test
    void aWrongRangeIsRefused() {
        hub.answer(URL, once(cutAfter(SIZE / 2, new AtomicInteger()), exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/" + SIZE);
            exchange.sendResponseHeaders(206, 100);
            exchange.getResponseBody().write(content, 0, 100);
        }));
        assertFault(HubException.Kind.UNAVAILABLE, "the range 'bytes 0-99/" + SIZE + "'");
    }

    @Test
    void whoFollowsReadsWhatCameAndTheLastBytesOnlyVerified() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        hub.answer(URL, exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content, 0, SIZE - 1);
            exchange.getResponseBody().flush();
            await(rest);
            exchange.getResponseBody().write(content, SIZE - 1, 1);
        });
        HubFiles files = files(ONE);
        try (Content first = following(files);
                Content second = following(files)) {
            byte[] early = read(first, 0, SIZE, 500);
            assertThat(early).hasSizeBetween(SIZE - 70_000, SIZE - 60_000);
            assertThat(early).isEqualTo(Arrays.copyOf(content, early.length));
            rest.countDown();
            assertThat(read(first, early.length, SIZE, 5000))
                    .isEqualTo(Arrays.copyOfRange(content, early.length, SIZE));
            assertThat(read(second, 0, SIZE, 5000)).isEqualTo(content);
        }
        assertThat(hub.ranges(URL)).hasSize(1);
    }

    @Test
    void whoFollowsADamagedFileNeverGetsItsEnd() throws Exception {
        byte[] damaged = content.clone();
        damaged[SIZE - 5] ^= 1;
        hub.answer(URL, exchange -> TestHub.sendRange(exchange, damaged));
        try (Content following = following(files(ONE))) {
            assertThatThrownBy(() -> read(following, 0, SIZE, 5000))
                    .isInstanceOfSatisfying(HubException.class, fault -> assertThat(fault.kind())
                            .isEqualTo(HubException.Kind.CORRUPT));
        }
        assertThat(partials()).isEmpty();
        assertThat(root.resolve("cache/blobs"))
                .satisfiesAnyOf(blobs -> assertThat(blobs).doesNotExist(), blobs -> assertThat(files(blobs))
                        .isEmpty());
    }

    @Test
    void whenNobodyFollowsAnyMoreTheDownloadStopsAndIsKept() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        hub.answer(URL, exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content, 0, 2_000_000);
            exchange.getResponseBody().flush();
            sent.countDown();
            await(end);
        });
        HubFiles files = files(ONE);
        try (Content following = following(files)) {
            await(sent);
            assertThat(read(following, 0, SIZE, 500)).hasSizeGreaterThan(1_000_000);
        }
        end.countDown();
        hub.answer(URL, exchange -> TestHub.sendRange(exchange, content));
        assertThat(fetch(files)).hasBinaryContent(content);
        assertThat(hub.ranges(URL))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("bytes=")
                .doesNotStartWith("bytes=0-");
    }

    @Test
    void aFileOfNoBytesIsAFile() throws IOException {
        RepoFile empty = new RepoFile("empty.txt", 0, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", null);
        listing = new RepoListing(REPO, COMMIT, List.of(empty));
        hub.answer("/" + REPO + "/resolve/" + COMMIT + "/empty.txt", exchange -> TestHub.send(exchange, 200, ""));
        assertThat(files(ONE).fetch(REPO, COMMIT, "empty.txt", received -> {})).isEmptyFile();
    }

    private HubFiles files(Download.Pace pace) {
        return files(pace, Duration.ofSeconds(20));
    }

    private HubFiles files(Download.Pace pace, Duration stall) {
        HubClient.Patience patience = new HubClient.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), stall);
        return new HubFiles(
                new ModelFolders(List.of()),
                new VerifiedCache(root.resolve("cache"), PartialFile.Disk.REAL, pace),
                Optional.of(new HubClient(new HubUrls(hub.url()), Optional.empty(), patience)));
    }

    private static Path fetch(HubFiles files) {
        return files.fetch(REPO, COMMIT, PATH, received -> {});
    }

    private void assertFault(HubException.Kind kind, String part) {
        assertFault(files(ONE), kind, part);
    }

    private static void assertFault(HubFiles files, HubException.Kind kind, String part) {
        assertThatThrownBy(() -> fetch(files)).isInstanceOfSatisfying(HubException.class, fault -> {
            assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(kind);
            assertThat(fault.getMessage()).contains(part);
        });
    }

    /** What can be read from here on, until nothing comes for this long. */
    private static byte[] read(Content content, long from, long end, long millis) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(50_000);
        long at = from;
        long quiet = System.nanoTime();
        while (at < end && System.nanoTime() - quiet < Duration.ofMillis(millis).toNanos()) {
            int read = content.read(buffer.clear(), at, end, 100);
            all.write(buffer.array(), 0, read);
            at += read;
            quiet = read > 0 ? System.nanoTime() : quiet;
        }
        return all.toByteArray();
    }

    private Content following(HubFiles files) throws IOException {
        return files.open(files.info(REPO, new Revision(COMMIT)), file);
    }

    private List<Path> partials() throws IOException {
        return files(root.resolve("cache/partial"));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.exists(folder) ? Files.walk(folder) : Stream.of()) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers each request from where it asks on, and breaks the connection after so many bytes, unless it is done by then. */
    private HttpHandler cutAfter(int bytes, AtomicInteger cuts) {
        return exchange -> {
            cuts.incrementAndGet();
            int from = TestHub.rangeStart(exchange.getRequestHeaders().getFirst("Range"));
            if (from > 0) {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, SIZE - from);
            exchange.getResponseBody().write(content, from, Math.min(bytes, SIZE - from));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    private static HttpHandler once(HttpHandler first, HttpHandler then) {
        AtomicInteger asked = new AtomicInteger();
        return (HttpExchange exchange) -> (asked.getAndIncrement() == 0 ? first : then).handle(exchange);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
