package samovar.client.ortweb;

import samovar.client.js.OrtTensor;
import samovar.runtime.TensorHandle;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** A tensor of onnxruntime-web. Shape and type are read when asked for: a step of generation makes dozens and asks one. */
final class OrtWebTensor implements TensorHandle {
    private final OrtTensor tensor;
    private boolean closed;

    OrtWebTensor(OrtTensor tensor) {
        this.tensor = tensor;
    }

    OrtTensor tensor() {
        return tensor;
    }

    @Override
    public ElementType type() {
        return ElementType.ofLabel(tensor.getType());
    }

    @Override
    public Shape shape() {
        int[] dimensions = new int[OrtTensor.rank(tensor)];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = OrtTensor.dimension(tensor, axis);
        }
        return Shape.of(dimensions);
    }

    boolean isHost() {
        return tensor.getLocation().equals("cpu");
    }

    @Override
    public Tensor host() {
        if (!isHost()) {
            throw new IllegalStateException(
                    "the tensor lives in a " + tensor.getLocation() + "; read it by its session");
        }
        return TensorData.toJava(type(), shape(), tensor.getData());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tensor.dispose();
        }
    }
}
