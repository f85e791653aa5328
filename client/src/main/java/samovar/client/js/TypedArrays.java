package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.typedarrays.ArrayBufferView;
import org.teavm.jso.typedarrays.BigInt64Array;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int16Array;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;
import org.teavm.jso.typedarrays.Uint16Array;
import org.teavm.jso.typedarrays.Uint8Array;

/** Views of the same bytes as other element types; nothing is copied. */
public final class TypedArrays {
    private TypedArrays() {}

    @JSBody(params = "view", script = "return view;")
    public static native Float32Array asFloat32(ArrayBufferView view);

    @JSBody(params = "view", script = "return view;")
    public static native BigInt64Array asBigInt64(ArrayBufferView view);

    @JSBody(params = "view", script = "return view;")
    public static native Int32Array asInt32(ArrayBufferView view);

    @JSBody(params = "view", script = "return new Int16Array(view.buffer, view.byteOffset, view.length);")
    public static native Int16Array int16Of(ArrayBufferView view);

    @JSBody(params = "view", script = "return new Uint16Array(view.buffer, view.byteOffset, view.length);")
    public static native Uint16Array uint16Of(ArrayBufferView view);

    @JSBody(params = "view", script = "return new Int8Array(view.buffer, view.byteOffset, view.byteLength);")
    public static native Int8Array int8Of(ArrayBufferView view);

    @JSBody(params = "view", script = "return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);")
    public static native Uint8Array uint8Of(ArrayBufferView view);
}
