package samovar.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.hub.HubException;
import samovar.platform.Normalizer.Form;

class JvmOptionsTest {
    @Test
    void theCacheFollowsTheEnvironment() {
        assertThat(JvmOptions.cacheFolder(Map.of("XDG_CACHE_HOME", "/caches"))).isEqualTo(Path.of("/caches/samovar"));
        assertThat(JvmOptions.cacheFolder(Map.of("XDG_CACHE_HOME", " ")))
                .isEqualTo(JvmOptions.cacheFolder(Map.of()))
                .startsWithRaw(Path.of(System.getProperty("user.home")))
                .hasFileName("samovar");
    }

    @Test
    void theTokenIsNeverShown() {
        assertThat(JvmOptions.defaults().token("hf_secret").toString())
                .doesNotContain("hf_secret")
                .contains("token=set");
    }

    @Test
    void valuesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> JvmOptions.defaults().threads(0)).hasMessage("threads: 0; at least 1");
        assertThatThrownBy(() -> JvmOptions.defaults().hub("huggingface.co"))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("https://huggingface.co");
    }

    @Test
    void theJdksNormalizerKnowsAllFourForms() {
        JdkNormalizer normalizer = new JdkNormalizer();
        assertThat(normalizer.normalize("e\u0301\ufb01", Form.NFC)).isEqualTo("\u00e9\ufb01");
        assertThat(normalizer.normalize("\u00e9\ufb01", Form.NFD)).isEqualTo("e\u0301\ufb01");
        assertThat(normalizer.normalize("e\u0301\ufb01", Form.NFKC)).isEqualTo("\u00e9fi");
        assertThat(normalizer.normalize("\u00e9\ufb01", Form.NFKD)).isEqualTo("e\u0301fi");
    }
}
