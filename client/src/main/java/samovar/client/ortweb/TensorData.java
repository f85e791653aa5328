package samovar.client.ortweb;

import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSNumber;
import org.teavm.jso.typedarrays.ArrayBufferView;
import org.teavm.jso.typedarrays.BigInt64Array;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int16Array;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.client.js.Ort;
import samovar.client.js.OrtTensor;
import samovar.client.js.TypedArrays;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/**
 * Tensors between Java's arrays and JavaScript's. On the JavaScript target both are the same array, on WasmGC each way
 * copies; so neither side may change it afterwards.
 */
final class TensorData {
    private TensorData() {}

    static OrtTensor toOrt(Ort ort, Tensor tensor) {
        ElementType type = tensor.type();
        return Ort.tensor(ort, type.label(), view(tensor), dims(tensor.shape()));
    }

    private static ArrayBufferView view(Tensor tensor) {
        return switch (tensor.type()) {
            case FLOAT32 -> Float32Array.copyFromJavaArray(tensor.floats());
            case FLOAT16 -> TypedArrays.uint16Of(Int16Array.copyFromJavaArray(tensor.halves()));
            case INT64 -> BigInt64Array.copyFromJavaArray(tensor.longs());
            case INT32 -> Int32Array.copyFromJavaArray(tensor.ints());
            case INT8 -> Int8Array.copyFromJavaArray(tensor.bytes());
            case UINT8, BOOL -> TypedArrays.uint8Of(Int8Array.copyFromJavaArray(tensor.bytes()));
        };
    }

    private static JSArray<JSNumber> dims(Shape shape) {
        JSArray<JSNumber> dims = new JSArray<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims.push(JSNumber.valueOf(shape.dimension(axis)));
        }
        return dims;
    }

    static Tensor toJava(ElementType type, Shape shape, ArrayBufferView data) {
        int[] dims = shape.toArray();
        return switch (type) {
            case FLOAT32 -> Tensor.ofFloats(TypedArrays.asFloat32(data).copyToJavaArray(), dims);
            case FLOAT16 -> Tensor.ofHalves(TypedArrays.int16Of(data).copyToJavaArray(), dims);
            case INT64 -> Tensor.ofLongs(TypedArrays.asBigInt64(data).copyToJavaArray(), dims);
            case INT32 -> Tensor.ofInts(TypedArrays.asInt32(data).copyToJavaArray(), dims);
            case INT8, UINT8, BOOL ->
                Tensor.ofBytes(type, TypedArrays.int8Of(data).copyToJavaArray(), dims);
        };
    }
}
