package samovar.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void replacesEachMaximalPartOfACharacterOnce() {
        assertThat(decoded(0x61, 0xF0, 0x9F, 0x98, 0x62)).isEqualTo("a\uFFFDb");
        assertThat(decoded(0xE4, 0xBD)).isEqualTo("\uFFFD");
        assertThat(decoded(0xC0, 0xAF)).isEqualTo("\uFFFD\uFFFD");
        assertThat(decoded(0xED, 0xA0, 0x80)).isEqualTo("\uFFFD\uFFFD\uFFFD");
        assertThat(decoded(0xF4, 0x90, 0x80, 0x80)).isEqualTo("\uFFFD\uFFFD\uFFFD\uFFFD");
        assertThat(decoded(0xE4, 0xF0, 0x9F, 0x98, 0x80)).isEqualTo("\uFFFD😀");
        assertThat(decoded(0x80, 0xFF)).isEqualTo("\uFFFD\uFFFD");
    }

    @Test
    void holdsACharacterBackUntilItIsWhole() {
        Utf8 utf8 = new Utf8();
        utf8.add(0xF0);
        utf8.add(0x9F);
        utf8.add(0x98);
        assertThat(utf8.take()).isEmpty();
        utf8.add(0x80);
        assertThat(utf8.take()).isEqualTo("😀");
        assertThat(utf8.finish()).isEmpty();
    }

    private static String decoded(int... bytes) {
        Utf8 utf8 = new Utf8();
        for (int b : bytes) {
            utf8.add(b);
        }
        return utf8.finish();
    }
}
