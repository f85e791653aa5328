package samovar.generate;

import java.util.Arrays;

/** A growing sequence of token ids. Not thread-safe. */
public final class TokenBuffer {
    private int[] ids;
    private int size;

    public TokenBuffer(int capacity) {
        ids = new int[Math.max(capacity, 16)];
    }

    /** A buffer that holds a copy of these ids. */
    public static TokenBuffer of(int... initial) {
        TokenBuffer buffer = new TokenBuffer(initial.length);
        buffer.append(initial, 0, initial.length);
        return buffer;
    }

    public int size() {
        return size;
    }

    /** The id at a position from 0 to {@link #size} - 1; not checked beyond the capacity. */
    public int get(int position) {
        return ids[position];
    }

    public void add(int id) {
        ensure(size + 1);
        ids[size++] = id;
    }

    /** Appends {@code source[from, to)}. */
    public void append(int[] source, int from, int to) {
        ensure(size + to - from);
        System.arraycopy(source, from, ids, size, to - from);
        size += to - from;
    }

    /** Forgets all but the first ids. */
    public void truncate(int length) {
        size = Math.min(size, length);
    }

    /** How many ids at the beginning equal those of {@code other[0, limit)}. */
    public int sharedPrefix(int[] other, int limit) {
        int most = Math.min(size, limit);
        int shared = 0;
        while (shared < most && ids[shared] == other[shared]) {
            shared++;
        }
        return shared;
    }

    /** The array itself, not a copy; it is replaced when the buffer grows. Positions from {@link #size} on hold anything. */
    int[] array() {
        return ids;
    }

    public int[] toArray() {
        return Arrays.copyOf(ids, size);
    }

    private void ensure(int length) {
        if (length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(length, ids.length * 2));
        }
    }
}
