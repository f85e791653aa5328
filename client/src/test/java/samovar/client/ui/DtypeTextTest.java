package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.dtype.DtypeSpec;

class DtypeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"auto", "q4", "vision_encoder:fp16", "embed_tokens:fp16,vision_encoder:fp16,encoder_model:q4"})
    void writesWhatItReads(String text) {
        assertThat(DtypeText.write(DtypeText.parse(text))).isEqualTo(text);
    }

    @Test
    void modulesLeftOutAreAutomatic() {
        DtypeSpec spec = DtypeText.parse("vision_encoder:fp16, encoder_model : q4");

        assertThat(spec.asked("vision_encoder")).isEqualTo("fp16");
        assertThat(spec.asked("encoder_model")).isEqualTo("q4");
        assertThat(spec.asked("embed_tokens")).isEqualTo("auto");
    }

    @Test
    void readsAJsonMapToo() {
        DtypeSpec spec = DtypeText.parse("{\"vision_encoder\": \"fp16\", \"encoder_model\": \"q4\"}");

        assertThat(DtypeText.write(spec)).isEqualTo("vision_encoder:fp16,encoder_model:q4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"vision_encoder\": 16}", "{vision", "q4,vision_encoder:fp16", "vision_encoder:fp16,"})
    void leavesWhatIsNeitherToThePlannerWhichRefusesIt(String text) {
        DtypeSpec spec = DtypeText.parse(text);

        assertThat(spec.perModule()).isEmpty();
        assertThat(spec.all()).isEqualTo(text);
    }

    @Test
    void isBriefWhereThereIsNoRoom() {
        assertThat(DtypeText.brief("q4")).isEqualTo("q4");
        assertThat(DtypeText.brief("vision_encoder:fp16,encoder_model:q4")).isEqualTo("mixed");
    }
}
