package samovar.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8BytesTest {
    @Test
    void everyCodePointIsSpelledAsByTheJdk() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = "a" + Character.toString(c) + "z";
            if (!java.util.Arrays.equals(Utf8Bytes.of(text), text.getBytes(StandardCharsets.UTF_8))) {
                assertThat(Utf8Bytes.of(text)).as("code point %d", c).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void halfAPairIsAQuestionMarkWhereverItStands() {
        for (String text :
                new String[] {"", "\ud83d", "\ude0a\ud83d", "x\ud83dy", "\ud83d\ud83d\ude0a", "\ud83d\ude0a"}) {
            assertThat(Utf8Bytes.of(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
