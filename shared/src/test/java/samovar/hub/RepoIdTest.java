package samovar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepoIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "onnx-community/Qwen2.5-0.5B-Instruct",
                "HuggingFaceTB/SmolLM2-135M-Instruct",
                "bundled/tiny-chat",
                "a/b",
                "_org_/_name_",
                "org/gitty"
            })
    void readsIdsAsTheHubWritesThem(String id) {
        assertThat(RepoId.of(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "name",
                "org/",
                "/name",
                "org/name/more",
                "org/../name",
                "../name",
                "org/..",
                "./name",
                "org/.hidden",
                "org/name.",
                "-org/name",
                "org/name-",
                "or--g/name",
                "org/na..me",
                "org/name.git",
                "org/na%2e%2eme",
                "org%2fname",
                "org/na me",
                "org/name\n",
                "org/n\u00e4me",
                "org\\name",
                "org/name?x=1",
                "org/name#x",
                "org/na:me",
                "https://huggingface.co/org/name"
            })
    void refusesIdsThatTheHubCouldNotHave(String id) {
        assertThatThrownBy(() -> RepoId.of(id)).isInstanceOfSatisfying(HubException.class, e -> assertThat(e.kind())
                .isEqualTo(HubException.Kind.INVALID));
    }

    @Test
    void saysWhatIsAllowedAndEscapesWhatWasAsked() {
        assertThatThrownBy(() -> RepoId.of("../\u001b[31mname"))
                .hasMessage(
                        "not a model id: \"../\\u001b[31mname\"; a model id is org/name, each of 1 to 96 letters, digits,"
                                + " '-', '_' and '.', neither beginning nor ending with '-' or '.', without '--' or '..', the name"
                                + " not ending in .git; for example onnx-community/Qwen2.5-0.5B-Instruct");
        assertThatThrownBy(() -> RepoId.of(null)).hasMessageStartingWith("not a model id: null; ");
        assertThatThrownBy(() -> RepoId.of("x".repeat(5000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void limitsTheLengthOfEachPart() {
        assertThat(new RepoId("o".repeat(96), "n".repeat(96)).name()).hasSize(96);
        assertThatThrownBy(() -> new RepoId("o", "n".repeat(97))).isInstanceOf(HubException.class);
    }
}
