package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelsTest {
    private static final String WEIGHTS = "org/name/onnx/model.onnx";

    @TempDir
    private Path jar;

    @TempDir
    private Path folder;

    private BundledModels models;

    @BeforeEach
    void pack() throws IOException {
        Path root = jar.resolve("models");
        Files.createDirectories(root.resolve("org/name/onnx"));
        Files.writeString(root.resolve(WEIGHTS), "weights");
        Files.writeString(root.resolve("org/name/config.json"), "{}");
        BundledModels.main(new String[] {root.toString()});
        models = new BundledModels(new URLClassLoader(new URL[] {jar.toUri().toURL()}, null));
    }

    @Test
    void unpacksOnce() throws IOException {
        assertThat(models.exist()).isTrue();
        assertThat(models.unpack(folder)).isEqualTo(2);
        assertThat(folder.resolve(WEIGHTS)).hasContent("weights");
        FileTime time = Files.getLastModifiedTime(folder.resolve(WEIGHTS));
        assertThat(models.unpack(folder)).isZero();
        assertThat(Files.getLastModifiedTime(folder.resolve(WEIGHTS))).isEqualTo(time);
    }

    @Test
    void repairsAFileThatIsDamagedOrMissing() throws IOException {
        models.unpack(folder);
        Files.writeString(folder.resolve(WEIGHTS), "wEights");
        Files.delete(folder.resolve("org/name/config.json"));
        assertThat(models.unpack(folder)).isEqualTo(2);
        assertThat(folder.resolve(WEIGHTS)).hasContent("weights");
        assertThat(folder.resolve("org/name/config.json")).hasContent("{}");
    }

    @Test
    void leavesOtherModelsInTheFolderAlone() throws IOException {
        Files.createDirectories(folder.resolve("mine/own"));
        Files.writeString(folder.resolve("mine/own/config.json"), "mine");
        models.unpack(folder);
        assertThat(folder.resolve("mine/own/config.json")).hasContent("mine");
    }

    @Test
    void refusesAJarThatIsDamagedAndLeavesNothingOfIt() throws IOException {
        Files.writeString(jar.resolve("models").resolve(WEIGHTS), "wrong!!");
        assertThatThrownBy(() -> models.unpack(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("models/" + WEIGHTS + " in the jar is damaged");
        try (var files = Files.list(folder.resolve("org/name/onnx"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void findsNoneInABuildWithout() throws IOException {
        assertThat(new BundledModels(new URLClassLoader(new URL[0], null)).exist())
                .isFalse();
    }
}
