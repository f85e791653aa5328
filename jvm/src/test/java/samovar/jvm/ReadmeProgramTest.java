package samovar.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.hub.RepoId;
import samovar.jvm.hub.TestHub;

/**
 * The README's Java program, compiled and run as written in a process of its own. The Hub it asks is a local one that serves
 * tiny-chat under the id of the documented model.
 */
class ReadmeProgramTest {
    private static final String MARKER = "<!-- program: text-generation -->\n```java\n";
    private static final String ANSWER = "The capital of Japan is Tokyo.\n";

    @TempDir
    Path temporary;

    private TestHub hub;

    @BeforeEach
    void serveTinyChatUnderTheDocumentedId() throws IOException {
        hub = new TestHub(Map.of(
                RepoId.of("onnx-community/Qwen2.5-0.5B-Instruct"), Fixtures.MODELS.resolve("bundled/tiny-chat")));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void theProgramPrintsTheAnswer() throws Exception {
        assertThat(outcome(block())).isEqualTo(ANSWER);
        assertThat(hub.requests())
                .contains("/api/models/onnx-community/Qwen2.5-0.5B-Instruct/revision/main")
                .anyMatch(path -> path.endsWith("/onnx/model_q4.onnx"))
                .noneMatch(path -> path.endsWith("/onnx/model.onnx"));
    }

    @Test
    void noLineOfTheProgramIsSuperfluous() throws Exception {
        List<String> lines = block();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                List<String> without = new ArrayList<>(lines);
                without.remove(i);
                assertThat(outcome(without)).as("without: " + lines.get(i)).isNotEqualTo(ANSWER);
            }
        }
    }

    private static List<String> block() {
        String readme = Fixtures.read(Path.of("..", "README.md")).replace("\r\n", "\n");
        int from = readme.indexOf(MARKER) + MARKER.length();
        assertThat(from).as("README.md has a Java block after its marker").isGreaterThanOrEqualTo(MARKER.length());
        return List.of(readme.substring(from, readme.indexOf("\n```", from)).split("\n"));
    }

    /** What the program prints, or how it fails. */
    private String outcome(List<String> lines) throws Exception {
        Path folder = Files.createTempDirectory(temporary, "program");
        Path source = Files.write(folder.resolve("Program.java"), lines);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int compiled = compiler.run(
                null,
                messages,
                messages,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
        return compiled == 0 ? run(folder) : "does not compile: " + messages.toString(StandardCharsets.UTF_8);
    }

    private String run(Path folder) throws Exception {
        String classPath = folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Path output = folder.resolve("output");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Program")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Not on the command line, where a long one crashes ONNX Runtime: see LongCommandLine.
        program.environment().put("CLASSPATH", classPath);
        program.environment().put("HF_ENDPOINT", hub.url());
        program.environment().put("XDG_CACHE_HOME", temporary.resolve("caches").toString());
        Process process = program.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output).replace("\r\n", "\n");
        return process.exitValue() == 0 ? printed : "exit " + process.exitValue() + ": " + printed;
    }
}
