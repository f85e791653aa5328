package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;

class ModelFoldersTest {
    private static final RepoId REPO = RepoId.of("org/name");

    @TempDir
    Path temporary;

    private Path folder;
    private ModelFolders folders;

    @BeforeEach
    void makeRepository() throws IOException {
        Path root = temporary.resolve("models");
        folder = root.resolve("org/name");
        Files.createDirectories(folder.resolve("onnx"));
        Files.writeString(folder.resolve("config.json"), "hello\n");
        Files.writeString(folder.resolve("onnx/model.onnx"), "graph");
        folders = new ModelFolders(List.of(temporary.resolve("absent"), root));
    }

    @Test
    void aListingHasPathsSizesAndGitsOwnBlobIds() {
        RepoListing listing = folders.list(REPO, Revision.MAIN);
        assertThat(listing.files())
                .containsExactly(
                        // As `git hash-object` says for "hello\n".
                        new RepoFile("config.json", 6, "ce013625030ba8dba906f756967f9e9ca394464a", null),
                        new RepoFile("onnx/model.onnx", 5, "311f9de4a8d39c20d653e8d44673edaa20a88554", null));
    }

    @Test
    void theCommitFollowsTheContents() throws IOException {
        String before = folders.list(REPO, Revision.MAIN).commit();
        assertThat(folders.list(REPO, new Revision(before)).commit()).isEqualTo(before);
        Files.writeString(folder.resolve("config.json"), "other\n");
        Files.setLastModifiedTime(folder.resolve("config.json"), FileTime.fromMillis(1_000_000));
        String after = folders.list(REPO, Revision.MAIN).commit();
        assertThat(after).isNotEqualTo(before).hasSize(40);
        assertThat(folders.has(REPO, new Revision(before))).isFalse();
        assertThatThrownBy(() -> folders.list(REPO, new Revision(before)))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("main and " + after);
    }

    @Test
    void aLargeFileIsHashedOnlyWhenAskedFor() throws IOException {
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("onnx/large.onnx").toFile(), "rw")) {
            large.setLength(5 << 20);
        }
        assertThat(folders.list(REPO, Revision.MAIN).find("onnx/large.onnx"))
                .contains(new RepoFile("onnx/large.onnx", 5 << 20, null, null));
        RepoFile hashed = new RepoFile(
                "onnx/large.onnx", 5 << 20, null, "c036cbb7553a909f8b8877d4461924307f27ecb66cff928eeeafd569c3887e29");
        String commit = folders.list(REPO, Revision.MAIN).commit();
        assertThat(folders.hashed(REPO, "onnx/large.onnx")).isEqualTo(hashed);
        assertThat(folders.list(REPO, Revision.MAIN).find("onnx/large.onnx")).contains(hashed);
        assertThat(folders.list(REPO, Revision.MAIN).commit()).isEqualTo(commit);
    }

    @Test
    void hiddenFilesAndLinksThatLeadOutDoNotExist() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "secret");
        Files.writeString(folder.resolve(".env"), "secret");
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "secret");
        Files.createSymbolicLink(folder.resolve("leak.json"), secret);
        Files.createSymbolicLink(folder.resolve("leaks"), temporary);
        Files.createSymbolicLink(folder.resolve("alias.json"), folder.resolve("config.json"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));

        assertThat(folders.list(REPO, Revision.MAIN).files())
                .extracting(RepoFile::path)
                .containsExactly("alias.json", "config.json", "onnx/model.onnx");
        for (String path : List.of(".env", ".git/config", "leak.json", "leaks/secret", "loop", "onnx")) {
            assertThat(folders.find(REPO, path)).as(path).isEmpty();
        }
        assertThat(folders.readText(REPO, Revision.MAIN, "alias.json")).isEqualTo("hello\n");
        assertThatThrownBy(() -> folders.find(REPO, "../../secret")).isInstanceOf(HubException.class);
    }

    @Test
    void aRepositoryThatIsALinkOutOfTheFolderDoesNotExist() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.createSymbolicLink(folder.resolveSibling("elsewhere"), outside);
        assertThat(folders.has(RepoId.of("org/elsewhere"), Revision.MAIN)).isFalse();
        assertThat(folders.repositories()).containsExactly(REPO);
    }

    @Test
    void anAbsentRepositorySaysWhereItWasLookedFor() {
        assertThatThrownBy(() -> folders.list(RepoId.of("org/none"), Revision.MAIN))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("org/none")
                .hasMessageContaining(temporary.resolve("models").toString());
        assertThatThrownBy(() -> folders.readText(REPO, Revision.MAIN, "none.json"))
                .isInstanceOfSatisfying(HubException.class, fault -> assertThat(fault.kind())
                        .isEqualTo(HubException.Kind.ENTRY_NOT_FOUND));
    }
}
