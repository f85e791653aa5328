package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepoAddressTest {
    private static final String ID = "onnx-community/Qwen2.5-0.5B-Instruct";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                "  " + ID + "\n",
                "hf://" + ID,
                "https://huggingface.co/" + ID,
                "http://huggingface.co/" + ID + "/",
                "HTTPS://HuggingFace.co/" + ID,
                "www.huggingface.co/" + ID,
                "huggingface.co/" + ID + "?library=transformers.js",
                "https://hf.co/" + ID + "#usage",
                "https://huggingface.co/" + ID + "/tree/main",
                "https://huggingface.co/" + ID + "/tree/main/onnx?a=b/c",
                "https://huggingface.co/" + ID + "/blob/main/onnx/model_q4.onnx",
                "https://huggingface.co/" + ID + "/discussions/3",
            })
    void anIdAndTheAddressesOfAModelsPagesAreTheModel(String typed) {
        assertThat(RepoAddress.read(typed)).hasToString(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "Qwen2.5",
                "a/b/c",
                "../../etc/passwd",
                "org/..",
                "org/%2e%2e",
                "org/na\u0000me",
                "org/name%00",
                "ørg/name",
                "org\\name",
                "org/name.git",
                "javascript:alert(1)",
                "<img src=x onerror=alert(1)>/x",
                "https://huggingface.co",
                "https://huggingface.co/",
                "https://huggingface.co/org",
                "https://huggingface.co//org/name",
                "https://huggingface.co/org//name",
                "https://huggingface.co.evil.example/org/name",
                "https://huggingface.co@evil.example/org/name",
                "https://evil.example/org/name",
                "file:///etc/passwd",
                "hf://",
            })
    void whatIsNeitherIsRefusedAndNamed(String typed) {
        assertThatThrownBy(() -> RepoAddress.read(typed))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("org/name");
    }

    @Test
    void datasetsSpacesAndOtherRevisionsAreNamedAsWhatTheyAre() {
        assertThatThrownBy(() -> RepoAddress.read("https://huggingface.co/datasets/org/name"))
                .hasMessageContaining("lies under datasets/");
        assertThatThrownBy(() -> RepoAddress.read("https://huggingface.co/spaces/org/name"))
                .hasMessageContaining("lies under spaces/");
        assertThatThrownBy(() -> RepoAddress.read("https://huggingface.co/org/name/tree/v2/onnx"))
                .hasMessageContaining("leave out /tree/v2");
    }

    @Test
    void aLongTextIsCutInTheMessage() {
        assertThatThrownBy(() -> RepoAddress.read("x".repeat(100_000)))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(600));
    }
}
