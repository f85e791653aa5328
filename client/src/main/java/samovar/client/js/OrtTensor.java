package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.typedarrays.ArrayBufferView;

/** {@code Tensor} of onnxruntime-web, or a value in WebAssembly's memory, which {@code ort-heap.js} gives the same face. */
@JSClass(transparent = true)
public abstract class OrtTensor implements JSObject {
    @JSProperty
    public abstract String getType();

    /** {@code cpu} for data in JavaScript, {@code gpu-buffer}, or {@code heap} for WebAssembly's memory. */
    @JSProperty
    public abstract String getLocation();

    /** The data of a tensor in JavaScript's memory. */
    @JSProperty
    public abstract ArrayBufferView getData();

    /** The data wherever it lives, brought to JavaScript's memory. */
    @JSBody(params = "tensor", script = "return tensor.getData();")
    public static native JSPromise<ArrayBufferView> download(OrtTensor tensor);

    public abstract void dispose();

    @JSBody(params = "tensor", script = "return tensor.dims.length;")
    public static native int rank(OrtTensor tensor);

    @JSBody(
            params = {"tensor", "axis"},
            script = "return tensor.dims[axis];")
    public static native int dimension(OrtTensor tensor, int axis);
}
