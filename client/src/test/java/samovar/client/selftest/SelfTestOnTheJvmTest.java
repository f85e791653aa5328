package samovar.client.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The self-test on the JVM. Its lines are kept for the browser's to be compared with: {@code web/test/selftest-*.test.mjs}. */
class SelfTestOnTheJvmTest {
    private static final Path LINES = Path.of("target/selftest-jvm.txt");

    @Test
    void everyCasePasses() throws IOException {
        List<String> lines = new ArrayList<>();
        new SelfTest(
                        SelfTestOnTheJvmTest::read,
                        (text, form) -> Normalizer.normalize(text, Normalizer.Form.valueOf(form.name())),
                        lines::add)
                .run();
        Files.write(LINES, lines);
        assertThat(lines).noneMatch(line -> line.startsWith("FAIL"));
        assertThat(lines).hasSizeGreaterThan(400);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("done: " + (lines.size() - 1) + " cases, 0 failed");
    }

    private static String read(String path) {
        try (InputStream in = Files.newInputStream(Path.of("..", path))) {
            InputStream plain = path.endsWith(".gz") ? new GZIPInputStream(in) : in;
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
