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

    /**
     * The innermost axis of {@link #host()} at the last position of all others: of logits {@code [1, tokens, vocabulary]} the
     * last token's, {@code [vocabulary]}. A runtime may spare the copy of all the rest. Valid until the handle is closed.
     */
    default Tensor lastRow() {
        Tensor all = host();
        int width = all.shape().dimension(-1);
        int count = all.shape().elementCount();
        if (count == width) {
            return all;
        }
        if (all.type() == ElementType.FLOAT16) {
            short[] row = new short[width];
            System.arraycopy(all.halves(), count - width, row, 0, width);
            return Tensor.ofHalves(row, width);
        }
        float[] row = new float[width];
        System.arraycopy(all.floats(), count - width, row, 0, width);
        return Tensor.ofFloats(row, width);
    }

    /** Frees the memory; a second call does nothing. Never awaits. */
    void close();
}
