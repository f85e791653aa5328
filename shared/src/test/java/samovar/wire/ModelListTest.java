package samovar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
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
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.runtime.LoadEvent;
import samovar.task.TaskException;

class ModelListTest {
    @Test
    void readsBackWhatItWrites() {
        ModelList list = new ModelList(List.of(
                new ModelList.Entry(
                        "a/b", 5, ModelList.State.READY, "decoder-only", List.of("q4", "fp32"), "q4", 100, 2048),
                new ModelList.Entry("a/c", 5, ModelList.State.AVAILABLE, "", List.of(), "", 0, 0)));
        assertThat(ModelList.ofJson(Json.parse(list.toJson(), "models"))).isEqualTo(list);
        assertThat(list.toJson())
                .startsWith(
                        "{\"object\":\"list\",\"data\":[{\"id\":\"a/b\",\"object\":\"model\",\"created\":5,\"owned_by\":\"a\",");
    }

    @Test
    void readsTheListOfAnotherServer() {
        ModelList list = ModelList.ofJson(Json.parse("{\"object\":\"list\",\"data\":[{\"id\":\"gpt\"}]}", "models"));
        assertThat(list.models()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo("gpt");
            assertThat(entry.dtypes()).isEmpty();
        });
    }

    @Test
    void readsBackAPlan() {
        PlannedModule module = new PlannedModule(
                "model", Dtype.Q4, Device.CPU, List.of(new PlannedFile("onnx/model_q4.onnx", 10, null)), "small");
        DtypePlan plan = new DtypePlan(
                RepoId.of("a/b"),
                "0123456789012345678901234567890123456789",
                Device.CPU,
                ModelFamily.DECODER_ONLY,
                List.of(module),
                List.of(),
                List.of(),
                null,
                Map.of());
        Map<String, Map<String, Long>> available = new LinkedHashMap<>();
        available.put("model", Map.of("q4", 10L));
        ModelPlan answer = new ModelPlan("a/b", plan, List.of(), available, ModelList.State.READY, 2048, "2 threads");
        assertThat(ModelPlan.ofJson(Json.parse(answer.toJson(), "plan"))).isEqualTo(answer);
    }

    @Test
    void readsBackFaultsInPlaceOfAPlan() {
        ModelPlan answer =
                new ModelPlan("a/b", null, List.of("no such dtype"), Map.of(), ModelList.State.AVAILABLE, 0, "");
        assertThat(ModelPlan.ofJson(Json.parse(answer.toJson(), "plan"))).isEqualTo(answer);
    }

    @Test
    void readsBackEveryPhaseOfLoading() {
        for (LoadEvent.Phase phase : LoadEvent.Phase.values()) {
            LoadEvent event = new LoadEvent(phase, "model", 5, 10, true);
            assertThat(LoadMessage.read(Json.parse(LoadMessage.write(event), "load")))
                    .isEqualTo(event);
        }
        assertThatThrownBy(() -> LoadMessage.read(Json.parse("{\"phase\":\"dancing\"}", "load")))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> LoadMessage.read(Json.parse("{\"error\":\"no memory\"}", "load")))
                .isInstanceOf(WireException.class)
                .hasMessage("no memory");
    }

    @Test
    void givesEveryFailureOfATaskACode() {
        for (TaskException.Kind kind : TaskException.Kind.values()) {
            ErrorBody body = ErrorBody.of(new TaskException(kind, "it failed", "Try again."));
            assertThat(body.message()).isEqualTo("it failed. Try again.");
            assertThat(body.code()).isNotEmpty();
        }
        assertThat(ErrorBody.of(new TaskException(TaskException.Kind.PROMPT_TOO_LONG, "too long", "")))
                .isEqualTo(new ErrorBody("too long", ErrorBody.INVALID_REQUEST, "messages", "context_length_exceeded"));
    }
}
