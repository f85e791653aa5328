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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samovar.hub.RepoId;
import samovar.jvm.hub.TestHub;

/**
 * The README's Java programs, compiled and run as written in a process of their own. The Hub they ask is a local one that serves
 * the small models of the project under the ids of the documented ones.
 */
class ReadmeProgramTest {
    /** A program, by the marker before it, what it is given and what it prints. */
    enum Program {
        TEXT_GENERATION("text-generation", List.of(), "The capital of Japan is Tokyo.\n"),
        FLORENCE_2(
                "florence-2",
                List.of(Path.of("../shared/src/test/resources/goldens/florence/images/scene00.png")
                        .toUri()
                        .toString()),
                "The image shows a small red diamond at the top right, a large yellow square on the left and a large yellow"
                        + " diamond at the bottom right, on a gray background. There are three shapes.\n");

        private final String marker;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> arguments;

        private final String answer;

        Program(String name, List<String> arguments, String answer) {
            marker = "<!-- program: " + name + " -->\n```java\n";
            this.arguments = arguments;
            this.answer = answer;
        }

        private List<String> block() {
            String readme = Fixtures.read(Path.of("..", "README.md")).replace("\r\n", "\n");
            assertThat(readme).as("README.md has a Java block after its marker").contains(marker);
            int from = readme.indexOf(marker) + marker.length();
            return List.of(readme.substring(from, readme.indexOf("\n```", from)).split("\n"));
        }
    }

    @TempDir
    Path temporary;

    private TestHub hub;

    @BeforeEach
    void serveSmallModelsUnderTheDocumentedIds() throws IOException {
        hub = new TestHub(Map.of(
                RepoId.of("onnx-community/Qwen2.5-0.5B-Instruct"),
                Fixtures.MODELS.resolve("bundled/tiny-chat"),
                RepoId.of("onnx-community/Florence-2-base-ft"),
                Fixtures.MODELS.resolve("bundled/Florence-2-tiny-shapes")));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @ParameterizedTest
    @EnumSource
    void theProgramPrintsTheAnswer(Program program) throws Exception {
        assertThat(outcome(program, program.block())).isEqualTo(program.answer);
    }

    @Test
    void theFilesOfTheAskedDtypeAreFetchedAndNoOthers() throws Exception {
        outcome(Program.TEXT_GENERATION, Program.TEXT_GENERATION.block());
        assertThat(hub.requests())
                .contains("/api/models/onnx-community/Qwen2.5-0.5B-Instruct/revision/main")
                .anyMatch(path -> path.endsWith("/onnx/model_q4.onnx"))
                .noneMatch(path -> path.endsWith("/onnx/model.onnx"));
    }

    @ParameterizedTest
    @EnumSource
    void noLineOfTheProgramIsSuperfluous(Program program) throws Exception {
        List<String> lines = program.block();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                List<String> without = new ArrayList<>(lines);
                without.remove(i);
                assertThat(outcome(program, without))
                        .as("without: " + lines.get(i))
                        .isNotEqualTo(program.answer);
            }
        }
    }

    /** What the program prints, or how it fails. */
    private String outcome(Program program, List<String> lines) throws Exception {
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
        return compiled == 0
                ? run(folder, program.arguments)
                : "does not compile: " + messages.toString(StandardCharsets.UTF_8);
    }

    private String run(Path folder, List<String> arguments) throws Exception {
        String classPath = folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Program"));
        command.addAll(arguments);
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
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
