package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on the cache, with another server of ours as the Hub. */
class CacheCommandsTest {
    private static final String MODEL = "bundled/tiny-chat";

    @TempDir
    private Path cache;

    private static TestServer hub;
    private int code;

    @BeforeAll
    static void start() {
        hub = TestServer.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private String run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--cache", cache.toString()));
        StringWriter said = new StringWriter();
        code = new CommandLine(new Main())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(all.toArray(new String[0]));
        return said.toString();
    }

    private String pull(String dtype) {
        return run("pull", MODEL, "--dtype", dtype, "--hub", "http://127.0.0.1:" + hub.port());
    }

    private List<Path> blobs() throws Exception {
        try (Stream<Path> walk = Files.walk(cache.resolve("blobs"))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void pullFetchesExactlyAPlansFilesAndSaysWhenAllIsHere() throws Exception {
        String first = pull("q8");
        assertThat(first).contains("model ", "q8", "100 %", "verified", MODEL + " is in " + cache);
        assertThat(code).isZero();
        assertThat(blobs().stream().filter(file -> file.toFile().length() > 500_000))
                .hasSize(1);
        assertThat(pull("q8")).contains("all of it was here").doesNotContain("100 %");
        assertThat(run("list", "--files"))
                .contains(MODEL, "onnx/model_quantized.onnx", "tokenizer.json", "1 models in")
                .doesNotContain("model_q4.onnx");
    }

    @Test
    void aModelThatComesWithSamovarIsNotLookedForOnThePublicHub() {
        assertThat(run("pull", MODEL, "--hub", "https://huggingface.co"))
                .contains("come with Samovar", "nothing to pull for " + MODEL);
        assertThat(code).isEqualTo(2);
    }

    @Test
    void aTypoInADtypeIsRefusedBeforeTheHubIsAsked() {
        for (String typo : List.of("q5", "model=q5", "model")) {
            assertThat(run("pull", "org/none", "--dtype", typo, "--hub", "http://127.0.0.1:1"))
                    .contains("unknown dtype \"", "valid: fp32, fp16")
                    .doesNotContain("127.0.0.1");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void aTypoInADtypeIsRefusedBeforeAnythingIsFetched() {
        assertThat(pull("q5")).contains("samovar: ", "q5", "q4");
        assertThat(code).isEqualTo(1);
        assertThat(pull("modle=q4")).contains("modle", "model");
        assertThat(code).isEqualTo(1);
        assertThat(cache.resolve("blobs/sha256")).doesNotExist();
    }

    @Test
    void anUnknownModelIsSaidSo() {
        assertThat(run("pull", "org/none", "--hub", "http://127.0.0.1:" + hub.port()))
                .contains("there is no repository org/none");
        assertThat(code).isEqualTo(1);
        assertThat(run("rm", "org/none")).contains("keeps nothing of org/none");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void rmForgetsAModelAndFreesItsContents() throws Exception {
        pull("q4");
        assertThat(run("rm", MODEL)).contains(MODEL + " removed", "freed");
        assertThat(code).isZero();
        assertThat(blobs()).isEmpty();
        assertThat(run("list")).contains("0 models in").doesNotContain(MODEL);
    }

    @Test
    void verifyFindsADamagedFileAndThePullAfterItMendsIt() throws Exception {
        pull("q4");
        assertThat(run("verify")).contains("all is whole");
        assertThat(code).isZero();
        Path graph = blobs().stream()
                .filter(file -> file.toFile().length() > 500_000)
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(graph);
        bytes[1000] ^= 1;
        Files.write(graph, bytes);

        assertThat(run("verify")).contains("damaged and removed", "onnx/model_q4.onnx", "1 damaged");
        assertThat(code).isEqualTo(1);
        pull("q4");
        assertThat(run("verify")).contains("all is whole");
    }

    @Test
    void listMarksWhatIsNotWhole() throws Exception {
        pull("q4");
        assertThat(run("list")).contains(MODEL).doesNotContain("incomplete");
        Path graph = blobs().stream()
                .filter(file -> file.toFile().length() > 500_000)
                .findFirst()
                .orElseThrow();
        String algorithm = graph.getParent().getParent().getFileName().toString();
        Path partial = Files.createDirectories(cache.resolve("partial")).resolve(algorithm + "-" + graph.getFileName());
        long half = Files.size(graph) / 2;
        Files.move(graph, partial);
        Files.writeString(Path.of(partial + ".ranges"), "0-" + half + "\n");
        assertThat(run("list")).contains("incomplete: onnx/model_q4.onnx (50 %), no weights");
        assertThat(code).isZero();
    }
}
