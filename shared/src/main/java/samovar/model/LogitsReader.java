package samovar.model;

import samovar.runtime.TensorHandle;
import samovar.tensor.ElementType;
import samovar.tensor.Float16;
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
        Tensor logits = handle.lastRow();
        int vocabulary = logits.shape().dimension(-1);
        if (logits.type() == ElementType.FLOAT32 && handle.shape().elementCount() == vocabulary) {
            lent = handle;
            return logits.floats();
        }
        if (row.length != vocabulary) {
            row = new float[vocabulary];
        }
        if (logits.type() == ElementType.FLOAT32) {
            System.arraycopy(logits.floats(), 0, row, 0, vocabulary);
        } else {
            widen(logits.halves(), row);
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

    private static void widen(short[] halves, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = Float16.toFloat(halves[i]);
        }
    }
}
