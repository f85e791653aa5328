package samovar.client.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.DtypePlanException;
import samovar.dtype.PlanFault;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.runtime.LoadEvent;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;
import samovar.task.TaskException;

class MessagesTest {
    @Test
    void capabilitiesCrossUnchanged() {
        DeviceCapabilities gpu = DeviceCapabilities.webgpu(true, false, "a card", 1L << 33, 1L << 31, 0);
        assertThat(Messages.capabilities(crossed(Messages.capabilities(3, gpu))))
                .isEqualTo(gpu);
        DeviceCapabilities cpu = DeviceCapabilities.wasm(1L << 32);
        assertThat(Messages.capabilities(crossed(Messages.capabilities(3, cpu))))
                .isEqualTo(cpu);
    }

    @Test
    void everyPhaseOfLoadingCrosses() {
        for (LoadEvent.Phase phase : LoadEvent.Phase.values()) {
            LoadEvent event = new LoadEvent(phase, "model", 5_000_000_000L, 6_000_000_000L, true);
            assertThat(Messages.progress(crossed(Messages.progress(1, event)))).isEqualTo(event);
        }
    }

    @Test
    void textOfAnyKindCrossesWithItsTokens() {
        GenerationEvent.Delta delta = new GenerationEvent.Delta("ü😀\n\"\u2028\\", List.of(1, 2, 151_643));
        assertThat(Messages.delta(crossed(Messages.delta(1, delta)))).isEqualTo(delta);
    }

    @Test
    void theEndCrossesWithReasonUsageAndTimings() {
        for (FinishReason reason : FinishReason.values()) {
            GenerationEvent.Finished finished = new GenerationEvent.Finished(
                    "text", List.of(7), reason, new Usage(12, 1), new Timings(1.5, 20.25, 812.125));
            assertThat(Messages.finished(crossed(Messages.finished(1, finished, 4))))
                    .isEqualTo(finished);
        }
    }

    @Test
    void aCaptionCrossesWithWhatWasFound() {
        GenerationEvent.Finished finished = new GenerationEvent.Finished(
                "car<loc_1>", List.of(7, 8), FinishReason.LENGTH, new Usage(12, 2), new Timings(1.5, 20.25, 8, 0.75));
        CaptionAnswer answer = new CaptionAnswer(
                "<OD>",
                new CaptionResult.Boxes(List.of(new CaptionResult.Box("car", 1, 2, 30, 40))),
                new ImageSize(640, 480),
                finished);
        assertThat(Messages.caption(crossed(Messages.caption(2, answer)))).isEqualTo(answer);
    }

    @Test
    void errorsKeepKindProblemAndNextStep() {
        for (TaskException.Kind kind : TaskException.Kind.values()) {
            TaskException error = new TaskException(kind, "what is wrong", "What to try.");
            TaskException read = Messages.error(crossed(Messages.error(1, error)));
            assertThat(read.kind()).isEqualTo(kind);
            assertThat(read.problem()).isEqualTo("what is wrong");
            assertThat(read.nextStep()).isEqualTo("What to try.");
        }
    }

    @Test
    void allFaultsOfAPlanCross() {
        List<PlanFault> faults = List.of(
                new PlanFault(PlanFault.Kind.UNKNOWN_DTYPE, "model", "q44", List.of("q4", "q8"), "unknown"),
                new PlanFault(PlanFault.Kind.NEEDS_SHADER_F16, "encoder_model", "fp16", List.of(), "needs it"));
        DtypePlanException read = Messages.planError(crossed(Messages.planError(1, new DtypePlanException(faults))));
        assertThat(read.faults()).isEqualTo(faults);
    }

    /** The worker tells a cancel by how its text begins, without parsing it. */
    @Test
    void aMessageBeginsWithItsType() {
        assertThat(Messages.text(Messages.of(Messages.CANCEL, 4))).isEqualTo("{\"type\":\"cancel\",\"id\":4}");
    }

    private static Json crossed(Map<String, Object> message) {
        return Json.parse(Messages.text(message), "message");
    }
}
