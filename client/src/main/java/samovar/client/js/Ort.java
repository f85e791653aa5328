package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSNumber;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSUndefined;
import org.teavm.jso.typedarrays.ArrayBufferView;
import org.teavm.jso.typedarrays.Uint8Array;

/** The module onnxruntime-web, loaded on demand through {@code ort.js}, which stands beside the compiled code. */
@JSClass(transparent = true)
public abstract class Ort implements JSObject {
    @JSBody(imports = @JSBodyImport(alias = "shim", fromModule = "./ort.js"), script = "return shim.loadOrt();")
    public static native JSPromise<Ort> load();

    /** {@code InferenceSession.create}; {@code options.hostOutputs} names the outputs that runs bring to JavaScript. */
    @JSBody(
            params = {"ort", "graph", "options"},
            imports = @JSBodyImport(alias = "shim", fromModule = "./ort.js"),
            script = "return shim.openSession(ort, graph, options);")
    public static native JSPromise<OrtSession> createSession(Ort ort, Uint8Array graph, JSObject options);

    @JSBody(
            params = {"ort", "type", "data", "dims"},
            script = "return new ort.Tensor(type, data, dims);")
    public static native OrtTensor tensor(Ort ort, String type, ArrayBufferView data, JSArray<JSNumber> dims);

    /** A run that is over, or a promise of one: {@link #results} says which. */
    @JSBody(
            params = {"session", "feeds"},
            imports = @JSBodyImport(alias = "shim", fromModule = "./ort.js"),
            script = "return shim.runSession(session, feeds);")
    public static native JSPromise<JSArray<OrtTensor>> run(OrtSession session, JSObject feeds);

    /** The outputs in the order of {@link OrtSession#getOutputNames()}; null where they must be awaited. */
    @JSBody(params = "run", script = "return Array.isArray(run) ? run : null;")
    public static native JSArray<OrtTensor> results(JSPromise<JSArray<OrtTensor>> run);

    /** Frees a session in its own time; call it after its tensors were disposed of. */
    @JSBody(
            params = "session",
            imports = @JSBodyImport(alias = "shim", fromModule = "./ort.js"),
            script = "shim.closeSession(session).catch(function() {});")
    public static native void close(OrtSession session);

    /** Calls back when the GPU device is gone; asks for nothing where no session has made one yet. */
    @JSBody(
            params = {"ort", "listener"},
            script = "Promise.resolve(ort.env.webgpu.device).then(function(d) { if (d) d.lost.then(function(i) {"
                    + " listener(String(i.message || i.reason || '')); }); }, function() {});")
    public static native void onDeviceLost(Ort ort, TextListener listener);

    /** Fulfilled when the GPU device is gone, after the listeners of {@link #onDeviceLost}, or else after this time. */
    @JSBody(
            params = {"ort", "millis"},
            script = "return Promise.race([Promise.resolve(ort.env.webgpu.device).then(function(d) {"
                    + " return d ? d.lost : undefined; }), new Promise(function(resolve) { setTimeout(resolve, millis); })])"
                    + ".then(function() {}, function() {});")
    public static native JSPromise<JSUndefined> deviceLost(Ort ort, int millis);
}
