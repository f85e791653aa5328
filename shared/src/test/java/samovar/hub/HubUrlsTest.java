package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HubUrlsTest {
    private static final RepoId REPO = RepoId.of("onnx-community/Qwen2.5-0.5B-Instruct");

    @Test
    void makesTheAddressesOfTheHub() {
        HubUrls hub = HubUrls.PUBLIC;
        assertThat(hub.resolve(REPO, Revision.MAIN, "onnx/model_q4.onnx"))
                .isEqualTo(
                        "https://huggingface.co/onnx-community/Qwen2.5-0.5B-Instruct/resolve/main/onnx/model_q4.onnx");
        assertThat(hub.modelInfo(REPO, Revision.MAIN))
                .isEqualTo(
                        "https://huggingface.co/api/models/onnx-community/Qwen2.5-0.5B-Instruct/revision/main?blobs=true");
        assertThat(hub.tree(REPO, new Revision("refs/pr/1")))
                .isEqualTo(
                        "https://huggingface.co/api/models/onnx-community/Qwen2.5-0.5B-Instruct/tree/refs%2Fpr%2F1?recursive=true");
    }

    @Test
    void encodesEachSegmentByItself() {
        assertThat(new HubUrls("http://localhost:8080/hub/")
                        .resolve(RepoId.of("a/b"), new Revision("refs/pr/1"), "x y/100%/\u00e9+\ud83d\ude00?#.txt"))
                .isEqualTo(
                        "http://localhost:8080/hub/a/b/resolve/refs%2Fpr%2F1/x%20y/100%25/%C3%A9%2B%F0%9F%98%80%3F%23.txt");
    }

    @Test
    void keysFilesAlikeOnEverySide() {
        String key = HubUrls.cacheKey(REPO, Revision.MAIN, "config.json");
        assertThat(key).isEqualTo("/onnx-community/Qwen2.5-0.5B-Instruct/resolve/main/config.json");
        assertThat(new HubUrls("").resolve(REPO, Revision.MAIN, "config.json")).isEqualTo(key);
    }

    @Test
    void refusesPathsOutsideOfTheRepositoryAndAddressesOutsideOfTheWeb() {
        assertThatThrownBy(() -> HubUrls.cacheKey(REPO, Revision.MAIN, "../secret"))
                .isInstanceOf(HubException.class);
        assertThatThrownBy(() -> new HubUrls("file:///etc"))
                .hasMessage(
                        "not a Hub's address: \"file:///etc\"; it is http:// or https://, a host and perhaps a path; for"
                                + " example https://huggingface.co");
        assertThatThrownBy(() -> new HubUrls("https://h?x=")).isInstanceOf(HubException.class);
    }
}
