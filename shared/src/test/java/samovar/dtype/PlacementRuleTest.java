package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementRuleTest {
    private static final DeviceCapabilities SOFTWARE = DeviceCapabilities.webgpu(false, true, "SwiftShader", 0, 0, 0);

    private static final PlaceOffer GPU = offer(Place.BROWSER_GPU, TestRepos.GPU);
    private static final PlaceOffer SOFTWARE_GPU = offer(Place.BROWSER_GPU, SOFTWARE);
    private static final PlaceOffer NO_GPU = PlaceOffer.absent(Place.BROWSER_GPU, "is not there: no WebGPU adapter");
    private static final PlaceOffer BROWSER = offer(Place.BROWSER_CPU, TestRepos.WASM);
    private static final PlaceOffer SERVER = offer(Place.SERVER, TestRepos.CPU);
    private static final PlaceOffer NO_SERVER = PlaceOffer.absent(Place.SERVER, "does not offer this model");

    @Test
    void aHardwareAdapterWhosePlanFitsWins() {
        Placement placement = PlacementRule.choose(List.of(SERVER, BROWSER, GPU));
        assertThat(placement.place()).contains(Place.BROWSER_GPU);
        assertThat(placement.plan()).isEqualTo(GPU.plan());
        assertThat(placement.reason()).isEqualTo("Runs on this browser's GPU (309 MB), the fastest place here.");
        assertThat(placement.offers()).containsExactly(GPU, BROWSER, SERVER);
    }

    @Test
    void withoutAnAdapterTheServerWins() {
        Placement placement = PlacementRule.choose(List.of(NO_GPU, BROWSER, SERVER));
        assertThat(placement.place()).contains(Place.SERVER);
        assertThat(placement.reason())
                .isEqualTo("Runs on the server (371 MB), because this browser's GPU is not there: no WebGPU adapter.");
    }

    @Test
    void aSoftwareAdapterNeverWinsByItself() {
        assertThat(PlacementRule.choose(List.of(SOFTWARE_GPU, BROWSER, SERVER)).reason())
                .isEqualTo(
                        "Runs on the server (371 MB), because this browser's GPU is drawn by software and very slow.");
        assertThat(PlacementRule.choose(List.of(SOFTWARE_GPU, BROWSER, NO_SERVER))
                        .reason())
                .isEqualTo(
                        "Runs on this browser's CPU (494 MB), because this browser's GPU is drawn by software and very"
                                + " slow; the server does not offer this model.");
        Placement none = PlacementRule.choose(List.of(SOFTWARE_GPU, NO_SERVER));
        assertThat(none.place()).isEmpty();
        assertThat(none.plan()).isEmpty();
        assertThat(none.reason())
                .isEqualTo(
                        "No place can run this model by itself: this browser's GPU is drawn by software and very slow;"
                                + " the server does not offer this model.");
        assertThat(PlacementRule.choose(List.of()).reason()).isEqualTo("No place can run this model by itself.");
    }

    @Test
    void aPlanThatFailsIsSaidWithItsFaults() {
        DtypePlanException refusal = new DtypePlanException(List.of(PlanFault.unknownModule("x", List.of("model"))));
        Placement placement =
                PlacementRule.choose(List.of(PlaceOffer.refused(Place.BROWSER_GPU, refusal), BROWSER, NO_SERVER));
        assertThat(placement.place()).contains(Place.BROWSER_CPU);
        assertThat(placement.reason())
                .contains(
                        "because this browser's GPU cannot run this model: unknown module \"x\"; this model has: model;");
    }

    @Test
    void theVisitorCanOverruleTheChoice() {
        List<PlaceOffer> offers = List.of(SOFTWARE_GPU, BROWSER, SERVER);
        assertThat(PlacementRule.choose(offers, Place.BROWSER_CPU).place()).contains(Place.BROWSER_CPU);
        assertThat(PlacementRule.choose(offers, Place.BROWSER_CPU).reason()).isEqualTo("You chose this browser's CPU.");
        assertThat(PlacementRule.choose(offers, Place.BROWSER_GPU).reason())
                .isEqualTo("You chose this browser's GPU, although it is drawn by software and very slow.");
        Placement other = PlacementRule.choose(List.of(NO_GPU, SERVER), Place.BROWSER_GPU);
        assertThat(other.place()).contains(Place.SERVER);
        assertThat(other.reason())
                .isEqualTo(
                        "You chose this browser's GPU, which is not there: no WebGPU adapter. Runs on the server (371 MB), because"
                                + " this browser's GPU is not there: no WebGPU adapter.");
        assertThat(PlacementRule.choose(List.of(SERVER), Place.BROWSER_CPU).reason())
                .startsWith("You chose this browser's CPU, which is not among the places here. ");
    }

    @Test
    void aPlaceThatFailsAtWorkOffersTheNext() {
        PlaceOffer lost = GPU.failed("the device was lost");
        Placement next = PlacementRule.choose(List.of(lost, BROWSER, SERVER));
        assertThat(next.place()).contains(Place.SERVER);
        assertThat(next.reason()).contains("because this browser's GPU failed: the device was lost");
        assertThat(PlacementRule.choose(List.of(lost, BROWSER, SERVER.failed("it went away")))
                        .place())
                .contains(Place.BROWSER_CPU);
    }

    @Test
    void remarksSayWhyAVisitorMayHesitate() {
        assertThat(GPU.remark()).isEmpty();
        assertThat(SOFTWARE_GPU.remark()).isEqualTo("This browser's GPU is drawn by software, which is very slow.");
        assertThat(NO_SERVER.remark()).isEqualTo("The server does not offer this model.");
    }

    @Test
    void anOfferHasEitherAPlanOrATrouble() {
        assertThatThrownBy(() -> new PlaceOffer(Place.SERVER, Optional.empty(), true, ""))
                .hasMessage("server needs either a plan or a trouble, got the plan false and the trouble \"\"");
        for (Place place : Place.values()) {
            assertThat(Place.find(place.label())).contains(place);
        }
        assertThat(Place.find("moon")).isEmpty();
    }

    private static PlaceOffer offer(Place place, DeviceCapabilities capabilities) {
        DtypePlan plan = DtypePlanner.plan(
                TestRepos.published(TestRepos.QWEN),
                TestRepos.QWEN_CONFIG,
                DtypeSpec.AUTO,
                DtypePlanner.AUTO_DEVICE,
                capabilities);
        return PlaceOffer.of(place, plan, capabilities);
    }
}
