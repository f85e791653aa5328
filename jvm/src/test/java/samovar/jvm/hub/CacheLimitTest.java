package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

/** A cache that holds three of five files: which go, which stay, and who is told that there is no room. */
class CacheLimitTest {
    private static final RepoId REPO = RepoId.of("org/many");
    private static final String COMMIT = "c".repeat(40);
    private static final int SIZE = 200_000;
    private static final long LIMIT = 3 * SIZE + SIZE / 4;
    private static final Download.Pace PACE =
            new Download.Pace(new Retries(1, Duration.ofMillis(10), Duration.ofSeconds(1)), 1 << 30, 1 << 20, 4);

    @TempDir
    Path root;

    private final List<byte[]> contents = new ArrayList<>();
    private final AtomicLong evicted = new AtomicLong();
    private TestHub hub;
    private HubFiles files;
    private VerifiedCache cache;

    @BeforeEach
    void start() throws IOException {
        hub = new TestHub(Map.of());
        List<RepoFile> listed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] content = new byte[SIZE];
            new Random(i).nextBytes(content);
            contents.add(content);
            listed.add(new RepoFile(path(i), SIZE, null, hash(i).hex()));
            hub.answer(url(i), exchange -> TestHub.sendRange(exchange, content));
        }
        listed.add(new RepoFile("huge.onnx", LIMIT + 1, null, "f".repeat(64)));
        String listing = JsonWriter.write(new RepoListing(REPO, COMMIT, listed).toModelInfo());
        hub.answer("/api/models/" + REPO + "/revision/" + COMMIT, exchange -> TestHub.send(exchange, 200, listing));
        files = files();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private HubFiles files() {
        cache = new VerifiedCache(root, PartialFile.Disk.REAL, PACE, LIMIT, new CacheEvents() {
            @Override
            public void evicted(long bytes) {
                evicted.addAndGet(bytes);
            }
        });
        HubClient.Patience patience =
                new HubClient.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        return new HubFiles(
                new ModelFolders(List.of()),
                cache,
                Optional.of(new HubClient(new HubUrls(hub.url()), Optional.empty(), patience)));
    }

    private static String path(int i) {
        return "onnx/part" + i + ".onnx";
    }

    private static String url(int i) {
        return "/" + REPO + "/resolve/" + COMMIT + "/" + path(i);
    }

    private ContentHash hash(int i) {
        return ContentHash.ofBytes(ContentHash.Algorithm.SHA256, contents.get(i));
    }

    private Path fetch(int i) {
        return files.fetch(REPO, COMMIT, path(i), received -> {});
    }

    /** Fetches it, as if so many minutes ago. */
    private void fetch(int i, int minutesAgo) throws IOException {
        fetch(i);
        Files.setLastModifiedTime(
                new BlobFolder(root).blob(hash(i)),
                FileTime.fromMillis(System.currentTimeMillis() - minutesAgo * 60_000L));
    }

    private boolean isHere(int i) {
        return cache.find(hash(i), SIZE).isPresent();
    }

    @Test
    void whatWasUnusedLongestMakesRoomWithAllItsNames() throws IOException {
        fetch(0, 50);
        fetch(1, 40);
        fetch(2, 30);
        // Used again.
        Path first = fetch(0);
        Path second = root.resolve("repos")
                .resolve(REPO.toString())
                .resolve("commits/" + COMMIT)
                .resolve(path(1));
        assertThat(second).exists();

        assertThat(fetch(3)).hasBinaryContent(contents.get(3));

        assertThat(isHere(1)).isFalse();
        assertThat(second).doesNotExist();
        assertThat(first).exists();
        assertThat(isHere(0) && isHere(2) && isHere(3)).isTrue();
        assertThat(evicted.get()).isEqualTo(SIZE);
        assertThat(fetch(1)).hasBinaryContent(contents.get(1));
    }

    @Test
    void whatIsReadStays() throws Exception {
        fetch(0, 50);
        fetch(1, 40);
        fetch(2, 30);
        RepoInfo info = files.info(REPO, new Revision(COMMIT));
        try (Content reading = files.open(info, info.find(path(0)).orElseThrow())) {
            fetch(3);
            fetch(4);
            assertThat(isHere(0)).isTrue();
            assertThat(isHere(1) || isHere(2)).isFalse();
            assertThat(read(reading)).isEqualTo(contents.get(0));
        }
    }

    @Test
    void whatAModelHoldsStaysAndTheRequestThatFindsNoRoomIsToldSo() throws IOException {
        Hold model = files.hold(REPO, COMMIT, List.of(path(0), path(1), path(2)));
        fetch(0, 50);
        fetch(1, 40);
        fetch(2, 30);
        assertThatThrownBy(() -> fetch(3)).isInstanceOfSatisfying(HubException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(HubException.Kind.UNAVAILABLE);
            assertThat(fault.getMessage()).contains(path(3), "may hold " + LIMIT, "600000 are in use", "--cache-limit");
        });
        assertThat(isHere(0) && isHere(1) && isHere(2)).isTrue();
        assertThat(hub.requests()).doesNotContain(url(3));
        model.close();
        assertThat(fetch(3)).hasBinaryContent(contents.get(3));
        assertThat(isHere(0)).isFalse();
    }

    @Test
    void whatAnotherProcessHoldsStays() throws Exception {
        fetch(0, 50);
        fetch(1, 40);
        fetch(2, 30);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Holder.class.getName(),
                root.toString(),
                hash(0).hex());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process other = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('h');
            fetch(3);
            assertThat(isHere(0)).isTrue();
            assertThat(isHere(1)).isFalse();
        } finally {
            other.destroyForcibly().waitFor();
        }
        fetch(4);
        assertThat(isHere(0)).isFalse();
    }

    /** Holds a content until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            Hold hold = Uses.hold(Path.of(arguments[0]), new ContentHash(ContentHash.Algorithm.SHA256, arguments[1]));
            System.out.print(hold == null ? "?" : "h");
            System.out.flush();
            Thread.sleep(60_000);
        }
    }

    @Test
    void whatIsOnItsWayStaysAndWhatBrokeOffGoes() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch rest = new CountDownLatch(1);
        hub.answer(url(0), exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(contents.get(0), 0, SIZE / 2);
            exchange.getResponseBody().flush();
            half.countDown();
            await(rest);
            exchange.getResponseBody().write(contents.get(0), SIZE / 2, SIZE / 2);
        });
        hub.answer(url(4), exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(contents.get(4), 0, SIZE - 1000);
            exchange.getResponseBody().flush();
            // What is on its way when the connection breaks may be lost.
            pause(300);
            exchange.close();
        });
        assertThatThrownBy(() -> fetch(4)).isInstanceOf(HubException.class);
        Path leftover = new BlobFolder(root).partial(hash(4));
        Files.setLastModifiedTime(leftover, FileTime.fromMillis(0));

        RepoInfo info = files.info(REPO, new Revision(COMMIT));
        try (Content following = files.open(info, info.find(path(0)).orElseThrow())) {
            await(half);
            fetch(1);
            fetch(2);
            assertThat(leftover).doesNotExist();
            fetch(3);
            assertThat(isHere(1)).isFalse();
            rest.countDown();
            assertThat(read(following)).isEqualTo(contents.get(0));
        }
        assertThat(isHere(0)).isTrue();
    }

    @Test
    void aFileThatCannotFitIsRefusedBeforeAnythingGoes() throws IOException {
        fetch(0, 50);
        assertThatThrownBy(() -> files.fetch(REPO, COMMIT, "huge.onnx", received -> {}))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("may hold " + LIMIT);
        assertThat(isHere(0)).isTrue();
        assertThat(evicted.get()).isZero();
    }

    private static byte[] read(Content content) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(SIZE);
        while (all.position() < SIZE) {
            content.read(all.limit(SIZE), all.position(), SIZE, 1000);
        }
        return all.array();
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
