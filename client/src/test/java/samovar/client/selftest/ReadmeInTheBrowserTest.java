package samovar.client.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs that the browser tests run are the README's: but for the door, the device and the layout, letter by letter. */
class ReadmeInTheBrowserTest {
    @ParameterizedTest
    @CsvSource({"text-generation, ReadmeTextGeneration", "florence-2, ReadmeFlorence2"})
    void runsWhatTheReadmeShows(String program, String name) throws IOException {
        String source = Files.readString(Path.of("src/main/java/samovar/client/selftest", name + ".java"));

        String shown = block(program)
                .replace("samovar.jvm.JvmPipelines", "samovar.client.browser.BrowserPipelines")
                .replace("JvmPipelines.create()", "BrowserPipelines.create()")
                .replace("device(\"cpu\")", "device(\"wasm\")");

        assertThat(imports(source)).isEqualTo(imports(shown));
        assertThat(body(source)).isEqualTo(body(shown)).hasSizeGreaterThan(200);
    }

    private static String block(String program) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md")).replace("\r\n", "\n");
        String marker = "<!-- program: " + program + " -->\n```java\n";
        assertThat(readme).contains(marker);
        int from = readme.indexOf(marker) + marker.length();
        return readme.substring(from, readme.indexOf("\n```", from));
    }

    private static List<String> imports(String source) {
        return source.lines()
                .filter(line -> line.startsWith("import "))
                .sorted()
                .toList();
    }

    /** From the main method on, without white space. */
    private static String body(String source) {
        return source.substring(source.indexOf("public static void main")).replaceAll("\\s+", "");
    }
}
