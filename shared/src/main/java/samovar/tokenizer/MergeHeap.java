package samovar.tokenizer;

import java.util.Arrays;

/**
 * Merges one long piece: the symbols are a linked list, their pairs a binary heap by rank and then place. A pair that changed
 * since it was put in the heap is passed over when it comes up. Used once.
 */
final class MergeHeap {
    private static final int NONE = -1;

    private final BytePairModel model;
    private final int[] symbols;
    /** By place: the rank of the pair that begins there now, or -1. */
    private final int[] ranks;

    private final int[] next;
    private final int[] previous;
    private final int count;
    /** Rank and place, two ints an entry. */
    private int[] heap;

    private int size;

    MergeHeap(BytePairModel model, int[] symbols, int[] ranks, int count) {
        this.model = model;
        this.symbols = symbols;
        this.ranks = ranks;
        this.count = count;
        next = new int[count];
        previous = new int[count];
        heap = new int[count * 2 + 64];
    }

    /** Merges the symbols in place and returns how many are left. */
    int merge() {
        for (int i = 0; i < count; i++) {
            next[i] = i + 1 < count ? i + 1 : NONE;
            previous[i] = i - 1;
        }
        for (int i = 0; i < count; i++) {
            rate(i);
        }
        while (size > 0) {
            int rank = heap[0];
            int at = heap[1];
            removeFirst();
            if (ranks[at] == rank) {
                join(at, rank);
            }
        }
        int length = 0;
        for (int i = 0; i != NONE; i = next[i]) {
            symbols[length++] = symbols[i];
        }
        return length;
    }

    private void join(int at, int rank) {
        int right = next[at];
        int after = next[right];
        symbols[at] = model.mergedAt(rank);
        ranks[right] = NONE;
        next[at] = after;
        if (after != NONE) {
            previous[after] = at;
        }
        rate(at);
        if (previous[at] != NONE) {
            rate(previous[at]);
        }
    }

    private void rate(int at) {
        int rank = next[at] == NONE ? NONE : model.rankOf(symbols[at], symbols[next[at]]);
        ranks[at] = rank;
        if (rank >= 0) {
            add(rank, at);
        }
    }

    private void add(int rank, int at) {
        if (size * 2 + 2 > heap.length) {
            heap = Arrays.copyOf(heap, heap.length * 2);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >> 1;
            if (!before(rank, at, parent)) {
                break;
            }
            heap[hole * 2] = heap[parent * 2];
            heap[hole * 2 + 1] = heap[parent * 2 + 1];
            hole = parent;
        }
        heap[hole * 2] = rank;
        heap[hole * 2 + 1] = at;
    }

    private void removeFirst() {
        size--;
        int rank = heap[size * 2];
        int at = heap[size * 2 + 1];
        int hole = 0;
        while (true) {
            int child = hole * 2 + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(heap[child * 2 + 2], heap[child * 2 + 3], child)) {
                child++;
            }
            if (before(rank, at, child)) {
                break;
            }
            heap[hole * 2] = heap[child * 2];
            heap[hole * 2 + 1] = heap[child * 2 + 1];
            hole = child;
        }
        heap[hole * 2] = rank;
        heap[hole * 2 + 1] = at;
    }

    /** Whether a pair comes before the heap's entry at an index. */
    private boolean before(int rank, int at, int entry) {
        int other = heap[entry * 2];
        return rank < other || (rank == other && at < heap[entry * 2 + 1]);
    }
}
