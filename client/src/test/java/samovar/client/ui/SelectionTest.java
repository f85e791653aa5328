package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import samovar.config.ModelFamily;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.generate.GenerationSettings;
import samovar.hub.RepoId;

class SelectionTest {
    private static final String ID = "org/name";
    private static final List<DtypeChoice> CHOICES = List.of(new DtypeChoice(Dtype.Q4, 100, ""));

    private final Selection selection = new Selection();

    @BeforeEach
    void chooseAModel() {
        selection.choose(new ModelCard(ID, "", 0, GenerationSettings.none(), 0, List.of()));
    }

    @Test
    void goesToTheServerWhereTheGpuIsSoftware() {
        selection.put(usable(Place.BROWSER_GPU, true));
        selection.put(usable(Place.SERVER, false));

        assertThat(selection.placement().place()).contains(Place.SERVER);
    }

    @Test
    void goesWhereTheVisitorWants() {
        selection.put(usable(Place.BROWSER_GPU, true));
        selection.put(usable(Place.SERVER, false));
        selection.ask(Place.BROWSER_GPU);

        assertThat(selection.placement().place()).contains(Place.BROWSER_GPU);
    }

    @Test
    void offersTheNextPlaceAfterOneFailed() {
        selection.put(usable(Place.BROWSER_CPU, false));
        selection.put(usable(Place.SERVER, false));
        selection.ask(Place.SERVER);

        selection.fail(Place.SERVER, "the server went away");

        assertThat(selection.asked()).isNull();
        assertThat(selection.isUsable(Place.SERVER)).isFalse();
        assertThat(selection.placement().place()).contains(Place.BROWSER_CPU);
        assertThat(selection.placement().reason()).contains("the server went away");
    }

    @Test
    void tellsEachFaultOnceAndNotWhatAMissingPlaceLacks() {
        String typo = "unknown dtype \"q5\"";
        selection.put(closed(Place.BROWSER_GPU, "no adapter", List.of()));
        selection.put(closed(Place.BROWSER_CPU, typo, CHOICES));
        selection.put(closed(Place.SERVER, typo, CHOICES));

        assertThat(selection.placement().place()).isEmpty();
        assertThat(selection.faults()).containsExactly(typo);
    }

    @Test
    void tellsWhatEveryPlaceLacksWhereNoneKnowsTheModel() {
        selection.put(closed(Place.BROWSER_GPU, "no adapter", List.of()));
        selection.put(closed(Place.SERVER, "server away", List.of()));

        assertThat(selection.faults()).containsExactly("no adapter", "server away");
    }

    @Test
    void forgetsWhatPlacesSaidOfAnotherModelOrDtype() {
        selection.put(usable(Place.SERVER, false));
        selection.chooseDtype("q4");

        assertThat(selection.card(Place.SERVER)).isNull();
        assertThat(selection.spec().all()).isEqualTo("q4");
        selection.chooseDtype("");
        assertThat(selection.spec()).isSameAs(DtypeSpec.AUTO);
    }

    @Test
    void countsOnlyBytesThatWouldHaveToComeToTheBrowser() {
        assertThat(usable(Place.BROWSER_CPU, false).downloadBytes()).isEqualTo(100);
        assertThat(usable(Place.SERVER, false).downloadBytes()).isZero();
        assertThat(closed(Place.BROWSER_CPU, "no", CHOICES).downloadBytes()).isZero();
    }

    @Test
    void changesOneModuleAndLeavesTheOthersAsTheyWereAsked() {
        selection.chooseDtype("q4");
        selection.put(florence(Place.BROWSER_GPU));

        assertThat(DtypeText.write(selection.withModule("vision_encoder", "fp32")))
                .isEqualTo("vision_encoder:fp32,encoder_model:q4");
        assertThat(DtypeText.write(selection.withModule("vision_encoder", "auto")))
                .isEqualTo("encoder_model:q4");
    }

    @Test
    void isAutomaticAgainWhereNoModuleIsAskedFor() {
        selection.chooseDtype("vision_encoder:fp32");
        selection.put(florence(Place.BROWSER_GPU));

        assertThat(selection.withModule("vision_encoder", "auto")).isSameAs(DtypeSpec.AUTO);
    }

    @Test
    void offersTheNearestWeightsOnlyForThePlaceThatTheVisitorWants() {
        selection.chooseDtype("vision_encoder:fp16,encoder_model:q4");
        selection.put(florence(Place.BROWSER_GPU));
        selection.put(usable(Place.SERVER, false));

        assertThat(selection.nearest()).isEmpty();
        selection.ask(Place.SERVER);
        assertThat(selection.nearest()).isEmpty();
        selection.ask(Place.BROWSER_GPU);
        assertThat(selection.nearest().map(DtypeText::write)).contains("encoder_model:q4");
    }

    private static PlaceCard florence(Place place) {
        DtypeChoice fp16 = new DtypeChoice(Dtype.FP16, 50, "Needs 16-bit floats.");
        List<ModuleChoices> modules = List.of(
                new ModuleChoices("vision_encoder", List.of(new DtypeChoice(Dtype.FP32, 100, ""), fp16)),
                new ModuleChoices("encoder_model", List.of(new DtypeChoice(Dtype.Q4, 10, ""))));
        PlaceOffer refused = PlaceOffer.absent(place, "cannot: needs shader-f16");
        return new PlaceCard(ID, refused, "", List.of("needs shader-f16"), CHOICES, modules, false);
    }

    private static PlaceCard usable(Place place, boolean software) {
        Device device = place == Place.BROWSER_GPU ? Device.WEBGPU : place == Place.SERVER ? Device.CPU : Device.WASM;
        PlannedModule module = new PlannedModule(
                "model", Dtype.Q4, device, List.of(new PlannedFile("onnx/model_q4.onnx", 100, null)), "asked for");
        DtypePlan plan = new DtypePlan(
                RepoId.of(ID),
                "0123abc",
                device,
                ModelFamily.DECODER_ONLY,
                List.of(module),
                List.of(),
                List.of(),
                null,
                Map.of());
        DeviceCapabilities capabilities = place == Place.BROWSER_GPU
                ? DeviceCapabilities.webgpu(false, software, "adapter", 0, 0, 0)
                : DeviceCapabilities.cpu(0);
        return new PlaceCard(ID, PlaceOffer.of(place, plan, capabilities), "", List.of(), CHOICES, List.of(), false);
    }

    private static PlaceCard closed(Place place, String fault, List<DtypeChoice> choices) {
        return new PlaceCard(
                ID, PlaceOffer.absent(place, "cannot: " + fault), "", List.of(fault), choices, List.of(), false);
    }
}
