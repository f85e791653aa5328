package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.config.ModelFamily;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.hub.RepoId;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadEvent.Phase;

class PlanProgressTest {
    private static PlannedModule module(String name, long bytes) {
        return new PlannedModule(
                name, Dtype.Q4, Device.WASM, List.of(new PlannedFile("onnx/" + name + ".onnx", bytes, null)), "asked");
    }

    private static final DtypePlan PLAN = new DtypePlan(
            RepoId.of("org/name"),
            "0123abc",
            Device.WASM,
            ModelFamily.FLORENCE_2,
            List.of(module("embed_tokens", 100), module("vision_encoder", 300)),
            List.of(),
            List.of(),
            null,
            Map.of());

    @Test
    void countsTheBytesOfAllModulesAgainstThePlansTotal() {
        List<LoadEvent> told = new ArrayList<>();
        PlanProgress progress = new PlanProgress(PLAN, told::add);

        progress.on(new LoadEvent(Phase.DOWNLOADING, "embed_tokens", 40, 100, true));
        progress.on(new LoadEvent(Phase.DOWNLOADING, "embed_tokens", 100, 100, true));
        progress.on(new LoadEvent(Phase.COMPILING, "embed_tokens", 0, 0, false));
        progress.on(new LoadEvent(Phase.DOWNLOADING, "vision_encoder", 300, 300, false));

        assertThat(told)
                .containsExactly(
                        new LoadEvent(Phase.DOWNLOADING, "embed_tokens", 40, 400, true),
                        new LoadEvent(Phase.DOWNLOADING, "embed_tokens", 100, 400, true),
                        new LoadEvent(Phase.COMPILING, "embed_tokens", 0, 0, false),
                        new LoadEvent(Phase.DOWNLOADING, "vision_encoder", 400, 400, false));
    }

    @Test
    void phasesAndBytesNeverGoBackAndTheTotalIsThePlansFromTheFirstEventOn() {
        List<LoadEvent> told = new ArrayList<>();
        PlanProgress progress = new PlanProgress(PLAN, told::add);

        progress.on(new LoadEvent(Phase.DOWNLOADING, "", 0, 400, false));
        progress.on(new LoadEvent(Phase.DOWNLOADING, "", 300, 400, false));
        // The server gave no range: it begins anew.
        progress.on(new LoadEvent(Phase.DOWNLOADING, "", 20, 400, false));
        progress.on(new LoadEvent(Phase.DOWNLOADING, "", 400, 400, false));
        progress.on(new LoadEvent(Phase.VERIFYING, "", 390, 400, false));
        progress.on(new LoadEvent(Phase.VERIFYING, "", 400, 400, false));
        progress.on(new LoadEvent(Phase.COMPILING, "embed_tokens", 0, 0, false));
        progress.on(new LoadEvent(Phase.DOWNLOADING, "vision_encoder", 0, 300, true));
        progress.on(new LoadEvent(Phase.VERIFYING, "vision_encoder", 0, 0, true));
        progress.on(new LoadEvent(Phase.COMPILING, "vision_encoder", 0, 0, false));
        progress.on(new LoadEvent(Phase.READY, "", 400, 400, true));

        assertThat(told)
                .extracting(LoadEvent::phase)
                .containsExactly(
                        Phase.DOWNLOADING,
                        Phase.DOWNLOADING,
                        Phase.DOWNLOADING,
                        Phase.DOWNLOADING,
                        Phase.VERIFYING,
                        Phase.VERIFYING,
                        Phase.COMPILING,
                        Phase.COMPILING,
                        Phase.READY);
        assertThat(told)
                .filteredOn(event -> event.phase() == Phase.DOWNLOADING)
                .extracting(LoadEvent::loadedBytes, LoadEvent::totalBytes)
                .containsExactly(tuple(0L, 400L), tuple(300L, 400L), tuple(300L, 400L), tuple(400L, 400L));
        assertThat(told.get(told.size() - 1).fromCache()).isFalse();
    }
}
