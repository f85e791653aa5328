package samovar.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own. */
final class ServerProcess {
    private ServerProcess() {}

    /** Starts it; its data and cache lie in this folder unless the arguments say otherwise, and its complaints in {@code err.log}. */
    static Process start(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // By environment: ONNX Runtime's Linux library crashes where the command line is longer than about 3 KB.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
        builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        builder.environment().keySet().removeAll(List.of("SAMOVAR_API_KEY", "HF_TOKEN", "HF_ENDPOINT"));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(home.toFile(), "err.log")));
        return builder.start();
    }

    /** Waits for its address. */
    static String url(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("http")) {
                return line;
            }
        }
        throw new IOException("the server ended before it gave its address");
    }
}
