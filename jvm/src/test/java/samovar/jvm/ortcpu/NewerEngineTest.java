package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import samovar.json.Json;

class NewerEngineTest {
    /** The hash is the linker's own, taken from {@code readelf -V} of a library that needs this version. */
    private static final byte[] HASH_OF_GLIBC_2_2_5 = {0x75, 0x1a, 0x69, 0x09};

    private static byte[] library(String version, byte[] hash) {
        byte[] names = ("ELF\0libc.so.6\0" + version + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] library = new byte[names.length + hash.length];
        System.arraycopy(names, 0, library, 0, names.length);
        System.arraycopy(hash, 0, library, names.length, hash.length);
        return library;
    }

    /** The binding's own {@code getVersion()} tells what it was compiled against, not what it runs. */
    @Test
    void onLinuxThisProcessHasLoadedTheNewerLibraryAlone() throws IOException {
        new OrtCpuRuntime((repo, commit, path, progress) -> Path.of(path), 1);
        Set<String> loaded = Files.readString(Path.of("/proc/self/maps"))
                .lines()
                .filter(line -> line.endsWith("/libonnxruntime.so"))
                .map(line -> line.substring(line.indexOf('/')))
                .collect(Collectors.toSet());
        assertThat(loaded).singleElement(InstanceOfAssertFactories.STRING).contains("samovar-onnxruntime");
        byte[] library = Files.readAllBytes(Path.of(loaded.iterator().next()));
        assertThat(new String(library, StandardCharsets.ISO_8859_1)).contains("\0" + NewerEngine.ENGINE_OFFERS + "\0");
    }

    @Test
    void theBrowserRunsTheSameVersion() throws IOException {
        String browser = dependency("../web/package.json", "onnxruntime-web");
        assertThat(dependency("engine/package.json", "onnxruntime-node")).isEqualTo(browser);
        assertThat(NewerEngine.ENGINE_OFFERS).isEqualTo("VERS_" + browser);
    }

    private static String dependency(String file, String name) throws IOException {
        return Json.parse(Files.readString(Path.of(file)), file)
                .get("dependencies")
                .get(name)
                .asString();
    }

    @Test
    void nameAndHashOfTheNeededVersionAreReplacedAndNothingElse() {
        byte[] before = library("GLIBC_2.2.5", HASH_OF_GLIBC_2_2_5);
        byte[] after = SymbolVersion.replace(before, "GLIBC_2.2.5", "GLIBC_2.3.4");
        // As readelf -V shows GLIBC_2.3.4 (0x09691974) in the C library's dependants.
        assertThat(after).isEqualTo(library("GLIBC_2.3.4", new byte[] {0x74, 0x19, 0x69, 0x09}));
        assertThat(before).isEqualTo(library("GLIBC_2.2.5", HASH_OF_GLIBC_2_2_5));
    }

    @Test
    void aLibraryThatNeedsAnotherVersionIsRefused() {
        byte[] other = library("GLIBC_2.2.5", HASH_OF_GLIBC_2_2_5);
        assertThatThrownBy(() -> SymbolVersion.replace(other, "VERS_1.29.0", "VERS_1.30.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the library has VERS_1.29.0 nowhere, not once");
        assertThatThrownBy(() -> SymbolVersion.replace(other, "GLIBC_2.2.5", "GLIBC_2.28.1"))
                .hasMessageContaining("other lengths");
        byte[] twice = library("GLIBC_2.2.5\0GLIBC_2.2.5", HASH_OF_GLIBC_2_2_5);
        assertThatThrownBy(() -> SymbolVersion.replace(twice, "GLIBC_2.2.5", "GLIBC_2.3.4"))
                .hasMessage("the library has GLIBC_2.2.5 more than once, not once");
    }
}
