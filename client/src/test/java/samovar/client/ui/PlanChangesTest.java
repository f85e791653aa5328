package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.config.ModelFamily;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypeSpec;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.hub.RepoId;

class PlanChangesTest {
    private static final DtypePlan PLAN = plan("embed_tokens", "vision_encoder", "encoder_model");

    @Test
    void namesTheModulesThatGetAnotherDtype() {
        assertThat(PlanChanges.words(DtypeSpec.of("fp16"), PLAN))
                .isEqualTo("embed_tokens fp32, vision_encoder fp32 and encoder_model fp32");
        assertThat(PlanChanges.words(DtypeSpec.of(Map.of("embed_tokens", "fp32", "vision_encoder", "fp16")), PLAN))
                .isEqualTo("vision_encoder fp32");
    }

    @Test
    void isSilentWhereThePlanIsAsAsked() {
        assertThat(PlanChanges.words(DtypeSpec.of("fp32"), PLAN)).isEmpty();
        assertThat(PlanChanges.words(DtypeSpec.AUTO, PLAN)).isEmpty();
    }

    private static DtypePlan plan(String... names) {
        List<PlannedModule> modules = new ArrayList<>();
        for (String name : names) {
            modules.add(new PlannedModule(
                    name,
                    Dtype.FP32,
                    Device.WEBGPU,
                    List.of(new PlannedFile("onnx/" + name + ".onnx", 1, null)),
                    "asked for"));
        }
        return new DtypePlan(
                RepoId.of("org/name"),
                "0123abc",
                Device.WEBGPU,
                ModelFamily.FLORENCE_2,
                modules,
                List.of(),
                List.of(),
                null,
                Map.of());
    }
}
