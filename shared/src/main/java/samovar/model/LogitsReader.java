package samovar.model;

import samovar.runtime.TensorHandle;
import samovar.tensor.ElementType;
import samovar.tensor.Float16;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/**
 * Gets the last position's row out of logits {@code [batch, tokens, vocabulary]}, float32 or float16. A single float32 row
 * is handed on as it is, any other is copied into an array that the next row reuses.
 */
final class LogitsReader {
    private TensorHandle lent;
    private float[] row = {};

    /** @param handle owned by this reader from now on; what it gives is valid until the next call */
    float[] read(TensorHandle handle) {
        close();
        Tensor logits = handle.host();
        Shape shape = logits.shape();
        int vocabulary = shape.dimension(-1);
        int count = shape.elementCount();
        if (logits.type() == ElementType.FLOAT32 && count == vocabulary) {
            lent = handle;
            return logits.floats();
        }
        if (row.length != vocabulary) {
            row = new float[vocabulary];
        }
        int from = count - vocabulary;
        if (logits.type() == ElementType.FLOAT32) {
            System.arraycopy(logits.floats(), from, row, 0, vocabulary);
        } else {
            widen(logits.halves(), from, row);
        }
        handle.close();
        return row;
    }

    void close() {
        if (lent != null) {
            lent.close();
            lent = null;
        }
    }

    private static void widen(short[] halves, int from, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = Float16.toFloat(halves[from + i]);
        }
    }
}
