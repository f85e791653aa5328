package samovar.client.ortweb;

import java.util.List;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.client.js.Await;
import samovar.client.js.JsFault;
import samovar.client.js.Ort;
import samovar.client.js.OrtSession;
import samovar.dtype.Device;
import samovar.dtype.DtypePlan;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.runtime.ModelRuntime;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

/** Opens planned modules with onnxruntime-web on one device. One realm has one ONNX Runtime, whatever the number of these. */
public final class OrtWebRuntime implements ModelRuntime {
    private final Device device;
    private final WeightSource weights;
    private final DeviceState state = new DeviceState();
    private final Turns turns = new Turns();

    /** @throws IllegalArgumentException for a device that is not of the browser */
    public OrtWebRuntime(Device device, WeightSource weights) {
        if (device == Device.CPU) {
            throw new IllegalArgumentException("onnxruntime-web runs on webgpu and wasm, not on cpu");
        }
        this.device = device;
        this.weights = weights;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void prepare(DtypePlan plan, LoadListener listener) {
        weights.prepare(plan, listener);
    }

    @Override
    public Session open(SessionRequest request, LoadListener listener) {
        List<Uint8Array> files = weights.fetch(request, listener);
        String module = request.module().name();
        listener.on(new LoadEvent(LoadEvent.Phase.COMPILING, module, 0, 0, false));
        Faults faults = new Faults(request, device, state);
        Ort ort = load(faults);
        OrtSession session = create(ort, request, files, faults);
        if (device == Device.WEBGPU) {
            Ort.onDeviceLost(ort, state::lose);
        }
        return new OrtWebSession(ort, session, turns, faults);
    }

    private static Ort load(Faults faults) {
        try {
            return Await.of(Ort.load());
        } catch (JsFault fault) {
            throw faults.atLoading(fault);
        }
    }

    private OrtSession create(Ort ort, SessionRequest request, List<Uint8Array> files, Faults faults) {
        try {
            Uint8Array graph = EditedGraph.of(files.get(0), request.graphEdit(), device);
            return Await.of(Ort.createSession(ort, graph, SessionOptions.of(request, device, files)));
        } catch (JsFault fault) {
            throw faults.atCreation(fault);
        }
    }

    @Override
    public void close() {
        // ONNX Runtime itself can't be unloaded from a realm; ending the worker frees it.
    }
}
