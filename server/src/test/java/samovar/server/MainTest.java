package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, from the start to the end. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class MainTest {
    @TempDir
    private Path home;

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // By environment: ONNX Runtime crashes where the command line is longer than about 3 KB.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
        builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        builder.environment().remove("SAMOVAR_API_KEY");
        return builder.start();
    }

    private static String rest(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out + err;
    }

    @Test
    void tellsItsPhasesThenItsAddressAndStopsOnASignal() throws Exception {
        Process process = start(
                "--port", "0", "--offline", "--threads", "1", "--models", "../models", "--model", "bundled/tiny-chat");
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith("http://")) {
                break;
            }
        }
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("models +[0-9.]+ m?s .*");
        assertThat(lines.get(1)).matches("server +[0-9.]+ m?s .*");
        assertThat(lines.get(2)).matches("default model +[0-9.]+ m?s +bundled/tiny-chat");
        assertThat(lines.get(3)).matches("http://localhost:[0-9]+");
        HttpURLConnection health =
                (HttpURLConnection) URI.create(lines.get(3) + "/health").toURL().openConnection();
        assertThat(health.getResponseCode()).isEqualTo(200);
        // Process.destroy() would close the stream that is still to be read.
        assertThat(process.toHandle().destroy()).isTrue();
        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(out.readLine()).isEqualTo("stopped");
    }

    @Test
    void refusesAPortThatIsTakenInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process =
                    start("--port", String.valueOf(taken.getLocalPort()), "--offline", "--models", "../models");
            String said = rest(process);
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(said.lines().filter(line -> line.startsWith("samovar: ")))
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort() + " is in use on 127.0.0.1")
                    .contains("--port 0");
            assertThat(said).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void refusesAHostThatIsNotHere() throws Exception {
        Process process = start("--host", "203.0.113.7", "--port", "0", "--offline", "--models", "../models");
        assertThat(rest(process))
                .contains("samovar: warning: with --host 203.0.113.7 and no --api-key")
                .contains("samovar: cannot listen on port 0 of 203.0.113.7: ")
                .doesNotContain("\tat ");
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void explainsItsOptions() throws Exception {
        Process help = start("--help");
        assertThat(rest(help))
                .contains(
                        "--port",
                        "--host",
                        "--models",
                        "--hub",
                        "--cache",
                        "--cache-limit",
                        "--tls",
                        "--tls-cert",
                        "--tls-key",
                        "--offline",
                        "--api-key",
                        "--threads",
                        "--version");
        assertThat(help.exitValue()).isZero();
    }

    @Test
    void refusesWrongOptionsByName() throws Exception {
        for (String[] arguments : new String[][] {
            {"--port", "many"},
            {"--port", "99999"},
            {"--models", "/nowhere"},
            {"--hub", "gopher://x"},
            {"--threads", "0"},
            {"--cache-limit", "much"},
            {"--tls-cert", "only.pem"},
            {"--model", "x"},
            {"--prot", "1"}
        }) {
            Process process = start(arguments);
            assertThat(rest(process)).contains(arguments[0]);
            assertThat(process.exitValue()).isEqualTo(2);
        }
    }
}
