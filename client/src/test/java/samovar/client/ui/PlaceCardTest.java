package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.dtype.Dtype;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;

class PlaceCardTest {
    private static final DtypeChoice FP32 = new DtypeChoice(Dtype.FP32, 400, "");
    private static final DtypeChoice FP16 = new DtypeChoice(Dtype.FP16, 200, "Needs 16-bit floats.");
    private static final DtypeChoice Q4 = new DtypeChoice(Dtype.Q4, 100, "");

    private static PlaceCard card(ModuleChoices... modules) {
        PlaceOffer refused = PlaceOffer.absent(Place.BROWSER_GPU, "lacks shader-f16");
        return new PlaceCard("org/name", refused, "", List.of("no"), List.of(), List.of(modules), false);
    }

    private static final PlaceCard FLORENCE = card(
            new ModuleChoices("vision_encoder", List.of(FP32, FP16)),
            new ModuleChoices("encoder_model", List.of(FP32, FP16, Q4)));

    @Test
    void comesNearestByKeepingWhatRunsAndChoosingTheRest() {
        DtypeSpec mix = DtypeSpec.of(Map.of("vision_encoder", "fp16", "encoder_model", "q4"));

        DtypeSpec nearest = FLORENCE.nearest(mix).orElseThrow();

        assertThat(nearest.perModule()).isEqualTo(Map.of("encoder_model", "q4"));
        assertThat(nearest.asked("vision_encoder")).isEqualTo("auto");
    }

    @Test
    void leavesOutModulesThatTheModelLacks() {
        DtypeSpec typo = DtypeSpec.of(Map.of("vision_encodr", "fp32", "encoder_model", "q4"));

        assertThat(FLORENCE.nearest(typo).orElseThrow().perModule()).isEqualTo(Map.of("encoder_model", "q4"));
    }

    @Test
    void hasNothingNearerThanARequestThatRuns() {
        assertThat(FLORENCE.nearest(DtypeSpec.of("fp32"))).isEmpty();
        assertThat(FLORENCE.nearest(DtypeSpec.AUTO)).isEmpty();
    }

    @Test
    void hasNothingNearWhereAModuleCannotRunAtAll() {
        PlaceCard card = card(new ModuleChoices("model", List.of(FP16)));

        assertThat(card.nearest(DtypeSpec.of("fp16"))).isEmpty();
        assertThat(card().nearest(DtypeSpec.of("fp16"))).isEmpty();
    }
}
