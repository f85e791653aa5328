package samovar.generate;

/**
 * Gives positions in ascending order of their keys, equal keys in ascending order of position, as many as are asked for: a
 * binary heap, so that the few likeliest of a large vocabulary cost no full sort. Reused from token to token.
 */
final class KeyedHeap {
    private double[] keys = {};
    private int[] heap = {};
    private int size;

    /** Room for this many keys; hands out the array to fill before {@link #order}. */
    double[] keys(int count) {
        if (keys.length < count) {
            keys = new double[count];
            heap = new int[count];
        }
        return keys;
    }

    /** Takes the first {@code count} keys. */
    void order(int count) {
        size = count;
        for (int i = 0; i < count; i++) {
            heap[i] = i;
        }
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The position of the smallest key left, which is taken out. */
    int poll() {
        int first = heap[0];
        size--;
        heap[0] = heap[size];
        if (size > 1) {
            sink(0);
        }
        return first;
    }

    private void sink(int from) {
        int moving = heap[from];
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], moving)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moving;
    }

    private boolean before(int left, int right) {
        return keys[left] < keys[right] || (keys[left] == keys[right] && left < right);
    }
}
