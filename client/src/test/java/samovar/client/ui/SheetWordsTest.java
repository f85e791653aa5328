package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.dtype.Dtype;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;

class SheetWordsTest {
    private static final String F16 = "Needs 16-bit floats (shader-f16), which this adapter lacks.";

    private static PlaceCard card(Place place, ModuleChoices... modules) {
        PlaceOffer offer = PlaceOffer.absent(place, "cannot run this model: too large");
        return new PlaceCard("org/name", offer, "", List.of("too large"), List.of(), List.of(modules), false);
    }

    @Test
    void whatStandsAgainstDtypesIsSaidOnceForAllModules() {
        PlaceCard gpu = card(
                Place.BROWSER_GPU,
                new ModuleChoices(
                        "a",
                        List.of(
                                new DtypeChoice(Dtype.FP32, 1, ""),
                                new DtypeChoice(Dtype.FP16, 1, F16),
                                new DtypeChoice(Dtype.Q4F16, 1, F16))),
                new ModuleChoices("b", List.of(new DtypeChoice(Dtype.FP16, 1, F16))));
        assertThat(SheetWords.obstacles(List.of(gpu))).containsExactly("This browser's GPU, fp16, q4f16: " + F16);
        assertThat(SheetWords.runs(List.of(gpu), "a", "fp32")).isTrue();
        assertThat(SheetWords.runs(List.of(gpu), "b", "fp16")).isFalse();
        assertThat(SheetWords.runs(List.of(), "a", "fp32")).isFalse();
    }

    @Test
    void aPlaceThatCanNotSaysWhy() {
        assertThat(SheetWords.places(List.of(card(Place.SERVER))))
                .containsExactly("The server cannot run this model: too large.");
    }

    @Test
    void aSheetSaysWhatTheModelIsInOneSentence() {
        ModelSheet sheet = new ModelSheet(
                "org/name", ModelSheet.Kind.CHAT, "qwen2", "Qwen2ForCausalLM", "text-generation", false, List.of(), "");
        assertThat(sheet.words())
                .isEqualTo("org/name is a language model to chat with: qwen2, Qwen2ForCausalLM, text-generation."
                        + " Open to everybody.");
        assertThat(new ModelSheet("o/n", ModelSheet.Kind.OTHER, "", "", "", true, List.of(), "No.").words())
                .isEqualTo("o/n is a model that is not run here. Gated: only for accounts that accepted its terms.");
    }
}
