package samovar.jvm.ortcpu;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/**
 * A host output that ONNX Runtime writes straight into memory of ours, used again at every step: the logits of a step of
 * generation then cost no allocation, and of a whole prompt's only the last row is copied to Java. Its shape must be known
 * before a run, so every dimension is fixed or has the name of a dimension of an input. There is room for two small results
 * (the last step's and the next one's) and a large one; where they are held, ONNX Runtime allocates as for any output.
 */
final class PinnedOutput {
    private static final int SMALL_BYTES = 2 << 20;

    /** What a prompt's chunk has by the core's own bound. */
    private static final int LARGEST_BYTES = 64 << 20;

    /** Where a dimension comes from: an input's axis, or a fixed size where the input is -1. */
    private record Source(int input, int axis, int size) {}

    private final OrtEnvironment environment;
    private final ElementType type;
    private final Source[] sources;
    private final Slot[] small = {new Slot(), new Slot()};
    private final Slot large = new Slot();
    private Slot offered;

    private PinnedOutput(OrtEnvironment environment, ElementType type, Source[] sources) {
        this.environment = environment;
        this.type = type;
        this.sources = sources;
    }

    /** Empty if the output's shape does not follow from the inputs'. */
    static Optional<PinnedOutput> of(
            OrtEnvironment environment, ElementType type, TensorInfo output, TensorInfo[] inputs) {
        boolean floats = type == ElementType.FLOAT32 || type == ElementType.FLOAT16;
        if (!floats || output.getShape().length == 0) {
            return Optional.empty();
        }
        long[] dimensions = output.getShape();
        Source[] sources = new Source[dimensions.length];
        for (int axis = 0; axis < dimensions.length; axis++) {
            sources[axis] = dimensions[axis] >= 0
                    ? new Source(-1, axis, Math.toIntExact(dimensions[axis]))
                    : find(output.getDimensionNames()[axis], inputs);
            if (sources[axis] == null) {
                return Optional.empty();
            }
        }
        return Optional.of(new PinnedOutput(environment, type, sources));
    }

    private static Source find(String name, TensorInfo[] inputs) {
        if (name.isEmpty()) {
            return null;
        }
        for (int input = 0; input < inputs.length; input++) {
            String[] names = inputs[input].getDimensionNames();
            for (int axis = 0; axis < names.length; axis++) {
                if (names[axis].equals(name)) {
                    return new Source(input, axis, -1);
                }
            }
        }
        return null;
    }

    /** The tensor to write this run's result into, or null where ONNX Runtime should allocate. */
    OnnxTensor offer(OrtHandle[] inputs) throws OrtException {
        Shape wanted = shapeFor(inputs);
        long bytes = type.bytes();
        for (int axis = 0; axis < wanted.rank(); axis++) {
            bytes *= wanted.dimension(axis);
        }
        offered = bytes > SMALL_BYTES ? large : small[0].held ? small[1] : small[0];
        if (offered.held || bytes > LARGEST_BYTES) {
            return null;
        }
        if (offered.tensor == null || !offered.shape.equals(wanted)) {
            offered.remake(wanted, (int) bytes);
        }
        return offered.tensor;
    }

    private Shape shapeFor(OrtHandle[] inputs) {
        int[] dimensions = new int[sources.length];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = size(sources[axis], inputs);
        }
        return Shape.of(dimensions);
    }

    private static int size(Source source, OrtHandle[] inputs) {
        return source.input() < 0
                ? source.size()
                : inputs[source.input()].shape().dimension(source.axis());
    }

    /** The handle of a result that was written into the tensor offered last. */
    OrtHandle hold() {
        offered.held = true;
        return new Held(offered);
    }

    void free() {
        small[0].free();
        small[1].free();
        large.free();
    }

    /** Memory for one result: all of it native, its last row in Java. */
    private final class Slot {
        private ByteBuffer memory = ByteBuffer.allocateDirect(0);
        private OnnxTensor tensor;
        private Tensor row;
        private Shape shape;
        private boolean held;

        void remake(Shape wanted, int bytes) throws OrtException {
            free();
            if (memory.capacity() < bytes) {
                memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            }
            memory.clear().limit(bytes);
            shape = wanted;
            int width = wanted.dimension(-1);
            if (row == null || row.shape().dimension(0) != width) {
                row = Tensor.zeros(type, width);
            }
            tensor = OrtTensors.onMemory(environment, type, wanted, memory);
        }

        void free() {
            if (tensor != null) {
                tensor.close();
                tensor = null;
            }
        }
    }

    private static final class Held extends OrtHandle {
        private final Slot slot;
        private Tensor host;
        private boolean hasRow;

        Held(Slot slot) {
            super(slot.tensor, slot.row.type());
            this.slot = slot;
        }

        @Override
        public Tensor host() {
            value();
            if (host == null) {
                host = Tensor.zeros(type(), shape().toArray());
                OrtTensors.copyFromMemory(slot.memory, 0, host);
            }
            return host;
        }

        @Override
        public Tensor lastRow() {
            value();
            if (!hasRow) {
                int width = slot.row.shape().dimension(0);
                OrtTensors.copyFromMemory(slot.memory, shape().elementCount() - width, slot.row);
                hasRow = true;
            }
            return slot.row;
        }

        @Override
        void release() {
            slot.held = false;
        }
    }
}
