package samovar.jvm.ortcpu;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import samovar.runtime.RuntimeFault;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** Translates types, shapes and contents between the core's tensors and ONNX Runtime's. */
final class OrtTensors {
    private OrtTensors() {}

    static samovar.runtime.TensorInfo info(NodeInfo node, String module) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.UNSUPPORTED_MODEL,
                    "module " + module + ": " + node.getName() + " is no tensor but " + node.getInfo());
        }
        return new samovar.runtime.TensorInfo(
                node.getName(), type(tensor.type, node.getName()), shape(tensor.getShape()));
    }

    static ElementType type(OnnxJavaType type, String name) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT32;
            case FLOAT16 -> ElementType.FLOAT16;
            case INT64 -> ElementType.INT64;
            case INT32 -> ElementType.INT32;
            case INT8 -> ElementType.INT8;
            case UINT8 -> ElementType.UINT8;
            case BOOL -> ElementType.BOOL;
            case DOUBLE, INT16, STRING, BFLOAT16, UNKNOWN ->
                throw new RuntimeFault(
                        RuntimeFault.Kind.UNSUPPORTED_MODEL,
                        "the tensor " + name + " holds " + type
                                + "; known are float32, float16, int64, int32, int8, uint8, bool");
        };
    }

    private static OnnxJavaType type(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case INT64 -> OnnxJavaType.INT64;
            case INT32 -> OnnxJavaType.INT32;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
        };
    }

    /** Symbolic dimensions are -1 on both sides. */
    static Shape shape(long[] dimensions) {
        int[] narrow = new int[dimensions.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = Math.toIntExact(dimensions[i]);
        }
        return Shape.of(narrow);
    }

    static long[] dimensions(Shape shape) {
        long[] wide = new long[shape.rank()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = shape.dimension(i);
        }
        return wide;
    }

    /** A tensor on the direct memory, which it neither copies nor frees; the buffer's remaining bytes are its elements. */
    static OnnxTensor onMemory(OrtEnvironment environment, ElementType type, Shape shape, ByteBuffer memory)
            throws OrtException {
        return OnnxTensor.createTensor(environment, memory, dimensions(shape), type(type));
    }

    /** Copies a Java tensor's elements into direct memory of native order. */
    static void copyToMemory(Tensor tensor, ByteBuffer memory) {
        switch (tensor.type()) {
            case FLOAT32 -> memory.asFloatBuffer().put(tensor.floats());
            case FLOAT16 -> memory.asShortBuffer().put(tensor.halves());
            case INT64 -> memory.asLongBuffer().put(tensor.longs());
            case INT32 -> memory.asIntBuffer().put(tensor.ints());
            case INT8, UINT8, BOOL -> memory.duplicate().put(tensor.bytes());
        }
    }

    /** Copies direct memory of native order, from this element on, over a float tensor's elements. */
    static void copyFromMemory(ByteBuffer memory, int from, Tensor tensor) {
        if (tensor.type() == ElementType.FLOAT16) {
            memory.asShortBuffer().position(from).get(tensor.halves());
        } else {
            memory.asFloatBuffer().position(from).get(tensor.floats());
        }
    }

    /** A new Java tensor with the elements of ONNX Runtime's memory: one copy, into the array that the tensor then owns. */
    static Tensor copyOut(OnnxTensor tensor, ElementType type, Shape shape) {
        int[] dimensions = shape.toArray();
        return switch (type) {
            case FLOAT32 -> {
                FloatBuffer copy = tensor.getFloatBuffer();
                yield Tensor.ofFloats(copy.array(), dimensions);
            }
            case FLOAT16 -> {
                // getShortBuffer gives the bits; getFloatBuffer would widen them.
                ShortBuffer copy = tensor.getShortBuffer();
                yield Tensor.ofHalves(copy.array(), dimensions);
            }
            case INT64 -> {
                LongBuffer copy = tensor.getLongBuffer();
                yield Tensor.ofLongs(copy.array(), dimensions);
            }
            case INT32 -> {
                IntBuffer copy = tensor.getIntBuffer();
                yield Tensor.ofInts(copy.array(), dimensions);
            }
            case INT8, UINT8, BOOL -> {
                ByteBuffer copy = tensor.getByteBuffer();
                byte[] bytes = new byte[copy.remaining()];
                copy.get(bytes);
                yield Tensor.ofBytes(type, bytes, dimensions);
            }
        };
    }
}
