package samovar.jvm.ortcpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Direct memory for small inputs, used again: a step of generation uploads three, and direct memory is slow to get and
 * freed only by the garbage collector. Sizes are powers of two. Not thread-safe.
 */
final class DirectBuffers {
    private static final int SMALLEST_BITS = 8;
    private static final int LARGEST_BITS = 18;
    private static final int KEPT_PER_SIZE = 8;

    private final List<Deque<ByteBuffer>> free = new ArrayList<>();

    DirectBuffers() {
        for (int bits = SMALLEST_BITS; bits <= LARGEST_BITS; bits++) {
            free.add(new ArrayDeque<>());
        }
    }

    /** Memory of native order, position 0 and this limit. Larger ones are not kept after {@link #release}. */
    ByteBuffer take(int bytes) {
        int bits = bits(bytes);
        ByteBuffer buffer =
                bits > LARGEST_BITS ? null : free.get(bits - SMALLEST_BITS).poll();
        if (buffer == null) {
            int capacity = bits > LARGEST_BITS ? bytes : 1 << bits;
            buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
        }
        return buffer.clear().limit(bytes);
    }

    void release(ByteBuffer buffer) {
        int bits = bits(buffer.capacity());
        if (bits <= LARGEST_BITS && free.get(bits - SMALLEST_BITS).size() < KEPT_PER_SIZE) {
            free.get(bits - SMALLEST_BITS).push(buffer);
        }
    }

    private static int bits(int bytes) {
        return Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1));
    }
}
