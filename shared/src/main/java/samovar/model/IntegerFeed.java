package samovar.model;

import java.util.Arrays;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Tensor;

/**
 * Makes the {@code [1, length]} integer tensors of one input, int64 or int32 as the session wants. Rows of one element, the
 * case of every decoding step, reuse their array: each tensor is used up before the next is made.
 */
final class IntegerFeed {
    private final boolean wide;
    private final long[] oneLong = new long[1];
    private final int[] oneInt = new int[1];
    private long[] longOnes = {};
    private int[] intOnes = {};

    IntegerFeed(TensorInfo input) {
        if (input.type() != ElementType.INT64 && input.type() != ElementType.INT32) {
            throw KvCache.unsupported("wants the input " + input.name() + " as "
                    + input.type().label() + "; supported are int64 and int32");
        }
        wide = input.type() == ElementType.INT64;
    }

    Tensor of(int[] values, int from, int count) {
        if (wide) {
            long[] row = count == 1 ? oneLong : new long[count];
            for (int i = 0; i < count; i++) {
                row[i] = values[from + i];
            }
            return Tensor.ofLongs(row, 1, count);
        }
        int[] row = count == 1 ? oneInt : new int[count];
        System.arraycopy(values, from, row, 0, count);
        return Tensor.ofInts(row, 1, count);
    }

    Tensor range(int first, int count) {
        int[] values = count == 1 ? oneInt : new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i;
        }
        return of(values, 0, count);
    }

    /** Copied from a longer row of ones: copying is a block move everywhere, filling longs is slow in JavaScript. */
    Tensor ones(int count) {
        if (wide) {
            if (longOnes.length < count) {
                longOnes = new long[Math.max(256, count * 2)];
                Arrays.fill(longOnes, 1);
            }
            long[] row = new long[count];
            System.arraycopy(longOnes, 0, row, 0, count);
            return Tensor.ofLongs(row, 1, count);
        }
        if (intOnes.length < count) {
            intOnes = new int[Math.max(256, count * 2)];
            Arrays.fill(intOnes, 1);
        }
        int[] row = new int[count];
        System.arraycopy(intOnes, 0, row, 0, count);
        return Tensor.ofInts(row, 1, count);
    }
}
