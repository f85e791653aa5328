package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;

class RepoListingTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String BLOB = "1111111111111111111111111111111111111111";
    private static final String SHA256 = "22222222222222222222222222222222" + "22222222222222222222222222222222";

    @Test
    void readsTheModelInfoWithBlobs() {
        RepoListing listing = RepoListing.ofModelInfo(Json.parse("""
                {"id":"o/n","sha":"%s","siblings":[
                 {"rfilename":"config.json","size":12,"blobId":"%s"},
                 {"rfilename":"onnx/model.onnx","size":345,"blobId":"%s",
                  "lfs":{"sha256":"%s","size":345,"pointerSize":134}}]}""".formatted(COMMIT, BLOB, BLOB, SHA256), "info"));
        assertThat(listing.repo()).isEqualTo(RepoId.of("o/n"));
        assertThat(listing.commit()).isEqualTo(COMMIT);
        assertThat(listing.files())
                .containsExactly(
                        new RepoFile("config.json", 12, BLOB, null),
                        new RepoFile("onnx/model.onnx", 345, BLOB, SHA256));
        assertThat(listing.totalBytes()).isEqualTo(357);
        assertThat(listing.find("onnx/model.onnx")).isPresent();
        assertThat(listing.find("onnx/model")).isEmpty();
    }

    @Test
    void readsTheRecursiveTreeWithoutItsFolders() {
        RepoListing listing =
                RepoListing.ofTree(RepoId.of("o/n"), COMMIT, Json.parse("""
                        [{"type":"directory","oid":"%s","size":0,"path":"onnx"},
                         {"type":"file","oid":"%s","size":345,"lfs":{"oid":"%s","size":345,"pointerSize":134},
                          "path":"onnx/model.onnx"}]""".formatted(BLOB, BLOB, SHA256), "tree"));
        assertThat(listing.files()).containsExactly(new RepoFile("onnx/model.onnx", 345, BLOB, SHA256));
    }

    @Test
    void readsBackBothFormsThatItWrites() {
        RepoListing listing = new RepoListing(
                RepoId.of("o/n"),
                COMMIT,
                List.of(new RepoFile("a.json", 1, BLOB, null), new RepoFile("onnx/m.onnx", 2, null, SHA256)));
        Json info = Json.parse(JsonWriter.write(listing.toModelInfo()), "info");
        Json tree = Json.parse(JsonWriter.write(listing.toTree()), "tree");
        assertThat(RepoListing.ofModelInfo(info)).isEqualTo(listing);
        assertThat(RepoListing.ofTree(listing.repo(), COMMIT, tree)).isEqualTo(listing);
    }

    @Test
    void givesTheSizeOfThePointerOfALargeFile() {
        RepoFile file = new RepoFile("onnx/m.onnx", 123_456_789, BLOB, SHA256);
        RepoListing listing = new RepoListing(RepoId.of("o/n"), COMMIT, List.of(file));
        Json info = Json.parse(JsonWriter.write(listing.toModelInfo()), "info");
        Json tree = Json.parse(JsonWriter.write(listing.toTree()), "tree");
        Json sibling = info.get("siblings").elements().get(0);
        Json entry = tree.elements().get(0);
        assertThat(sibling.get("lfs").get("pointerSize").asLong()).isEqualTo(134);
        assertThat(entry.get("lfs").get("pointerSize").asLong()).isEqualTo(134);
    }

    @Test
    void asksForSizesWhereTheListingHasNone() {
        Json info = Json.parse("{\"id\":\"o/n\",\"sha\":\"main\",\"siblings\":[{\"rfilename\":\"a.json\"}]}", "info");
        assertThatThrownBy(() -> RepoListing.ofModelInfo(info))
                .isInstanceOf(HubException.class)
                .hasMessage("the listing of o/n gives no size for \"a.json\"; ask for it with ?blobs=true");
    }

    @Test
    void namesThePlaceOfAMissingField() {
        assertThatThrownBy(() -> RepoListing.ofModelInfo(Json.parse("{\"id\":\"o/n\",\"sha\":\"x\"}", "info")))
                .isInstanceOf(JsonException.class)
                .hasMessage("info: $.siblings: expected an array, found nothing (the key is missing)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../x",
                "a/../b",
                "a//b",
                "a/",
                "./a",
                "a\\b",
                "C:x",
                "a\u0000b",
                "a\nb",
                "a\ud800"
            })
    void refusesPathsThatCouldLeaveTheRepository(String path) {
        assertThatThrownBy(() -> new RepoFile(path, 1, null, null))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("not a path in a repository: ")
                .hasMessageContaining("a path is relative, its segments parted by '/'");
    }

    @Test
    void takesPathsWithSpacesDotsAndOtherScripts() {
        assertThat(new RepoFile("a b/..c/\u65e5\u672c\ud83d\ude00.txt", 0, null, null).fileName())
                .isEqualTo("\u65e5\u672c\ud83d\ude00.txt");
    }

    @Test
    void refusesSizesAndHashesThatCannotBe() {
        assertThatThrownBy(() -> new RepoFile("a", -1, null, null)).hasMessageContaining("size of 0 bytes or more");
        assertThatThrownBy(() -> new RepoFile("a", 1, "xyz", null)).hasMessageContaining("40 lower-case hexadecimal");
        assertThatThrownBy(() -> new RepoFile("a", 1, null, BLOB)).hasMessageContaining("64 lower-case hexadecimal");
    }
}
