package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import samovar.runtime.RuntimeFault;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LongCommandLineTest {
    /** Run in a process of its own. */
    public static void main(String[] arguments) {
        try {
            System.out.println(
                    "runs on " + new OrtCpuRuntime((repo, commit, path, progress) -> Path.of(path), 1).device());
        } catch (RuntimeFault fault) {
            System.out.println(fault.getMessage());
        }
    }

    private static String run(String argument) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                LongCommandLineTest.class.getName(),
                argument);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void runsWithACommandLineOfUsualLength() throws Exception {
        assertThat(run("a".repeat(3000))).isEqualTo("runs on CPU" + System.lineSeparator());
    }

    @Test
    void refusesACommandLineOnWhichOnnxRuntimeWouldCrash() throws Exception {
        assertThat(run("a".repeat(6000)))
                .contains("ONNX Runtime crashes beyond about 3900")
                .contains("CLASSPATH");
    }
}
