package samovar.client.ortweb;

import java.util.List;
import java.util.Map;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.dtype.Device;
import samovar.dtype.PlannedFile;
import samovar.runtime.SessionRequest;

/** The options of {@code InferenceSession.create} for a planned module. */
final class SessionOptions {
    private SessionOptions() {}

    /** All outputs stay where the model runs, but for those that the request wants on the host. */
    static JSObject of(SessionRequest request, Device device, List<Uint8Array> files) {
        JSObject options = create(device.label());
        List<PlannedFile> planned = request.module().files();
        for (int i = 1; i < planned.size(); i++) {
            addExternalData(options, planned.get(i).fileName(), files.get(i));
        }
        for (Map.Entry<String, Long> size : request.freeDimensions().entrySet()) {
            overrideDimension(options, size.getKey(), size.getValue().intValue());
        }
        if (device == Device.WEBGPU) {
            keepOutputsOnGpu(options);
        }
        for (String output : request.hostOutputs()) {
            bringOutputToHost(options, output);
        }
        return options;
    }

    /** Severity 3 is errors: on webgpu every session warns that shape operators sit on the CPU, where they belong. */
    @JSBody(
            params = "device",
            script =
                    "return {executionProviders: [device], graphOptimizationLevel: 'all', externalData: [],"
                            + " freeDimensionOverrides: {}, hostOutputs: [], preferredOutputLocation: {}, logSeverityLevel: 3};")
    private static native JSObject create(String device);

    @JSBody(
            params = {"options", "path", "data"},
            script = "options.externalData.push({path: path, data: data});")
    private static native void addExternalData(JSObject options, String path, Uint8Array data);

    @JSBody(
            params = {"options", "name", "size"},
            script = "options.freeDimensionOverrides[name] = size;")
    private static native void overrideDimension(JSObject options, String name, int size);

    /** ONNX Runtime looks locations up by output name; an object that answers all names spares reading the graph for them first. */
    @JSBody(
            params = "options",
            script = "options.preferredOutputLocation = new Proxy({}, {get: function(known, name) {"
                    + " return name in known ? known[name] : 'gpu-buffer'; }});")
    private static native void keepOutputsOnGpu(JSObject options);

    @JSBody(
            params = {"options", "name"},
            script = "options.hostOutputs.push(name); options.preferredOutputLocation[name] = 'cpu';")
    private static native void bringOutputToHost(JSObject options, String name);
}
