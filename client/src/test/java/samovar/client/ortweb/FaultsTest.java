package samovar.client.ortweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import samovar.client.js.JsFault;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.hub.RepoId;
import samovar.runtime.RuntimeFault;
import samovar.runtime.SessionRequest;

class FaultsTest {
    private final DeviceState state = new DeviceState();
    private final Faults faults = new Faults(request(), Device.WEBGPU, state);

    @Test
    void aGraphThatDoesNotLoadIsUnsupportedAndNamed() {
        RuntimeFault fault =
                faults.atCreation(new JsFault("Error", "ERROR_CODE: 9, no kernel for GatherBlockQuantized"));
        assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.UNSUPPORTED_MODEL);
        assertThat(fault)
                .hasMessageContaining("opening onnx/model_q4.onnx of org/name on webgpu")
                .hasMessageContaining("GatherBlockQuantized")
                .hasMessageContaining("try another dtype");
    }

    @Test
    void aFileThatIsNoGraphIsDamaged() {
        RuntimeFault fault = faults.atCreation(new JsFault("Error", "ERROR_CODE: 7, protobuf parsing failed."));
        assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.DAMAGED_FILE);
    }

    @Test
    void shortMemoryIsToldHoweverTheBrowserPutsIt() {
        for (String message : List.of(
                "std::bad_alloc",
                "Out of memory",
                "Array buffer allocation failed",
                "Failed to allocate memory for requested buffer of size 4")) {
            assertThat(faults.atCreation(new JsFault("RangeError", message)).kind())
                    .as(message)
                    .isEqualTo(RuntimeFault.Kind.OUT_OF_MEMORY);
            assertThat(faults.atRun(new JsFault("RangeError", message)).kind())
                    .as(message)
                    .isEqualTo(RuntimeFault.Kind.OUT_OF_MEMORY);
        }
    }

    @Test
    void aRunOnALostDeviceSaysWhyItWasLost() {
        assertThat(faults.atRun(new JsFault("Error", "failed to call OrtRun()")).kind())
                .isEqualTo(RuntimeFault.Kind.FAILED_RUN);
        state.lose("the GPU process ended");
        RuntimeFault fault = faults.atRun(new JsFault("Error", "failed to call OrtRun()"));
        assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.DEVICE_LOST);
        assertThat(fault).hasMessageContaining("the GPU process ended").hasMessageContaining("wasm or the server");
    }

    private static SessionRequest request() {
        PlannedModule module = new PlannedModule(
                "model",
                Dtype.Q4,
                Device.WEBGPU,
                List.of(new PlannedFile("onnx/model_q4.onnx", 10, null)),
                "asked for");
        return new SessionRequest(RepoId.of("org/name"), "main", module, Set.of("logits"), Map.of());
    }
}
