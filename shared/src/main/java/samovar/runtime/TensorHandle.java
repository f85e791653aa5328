package samovar.runtime;

import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** A tensor where the model runs: a GPU buffer, memory of ONNX Runtime, or Java memory. Exactly one owner closes it. */
public interface TensorHandle {
    ElementType type();

    Shape shape();

    /**
     * The data in Java memory, without awaiting; valid until the handle is closed.
     *
     * @throws IllegalStateException if the tensor lives elsewhere: use {@link Session#read}
     */
    Tensor host();

    /** Frees the memory; a second call does nothing. Never awaits. */
    void close();
}
