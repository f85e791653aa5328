package samovar.chat;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Python's range, never longer than the sandbox allows; its elements are made when asked for. */
final class PyRange extends AbstractList<Object> implements RandomAccess {
    static final int MAX_LENGTH = 100_000;

    private final long start;
    private final long stop;
    private final long step;
    private final int length;

    private PyRange(long start, long stop, long step, int length) {
        this.start = start;
        this.stop = stop;
        this.step = step;
        this.length = length;
    }

    static PyRange of(long start, long stop, long step) {
        if (step == 0) {
            throw ChatTemplateException.valueError("range() arg 3 must not be zero");
        }
        double steps = Math.ceil(((double) stop - (double) start) / (double) step);
        if (steps > MAX_LENGTH) {
            throw ChatTemplateException.runtime(
                    "OverflowError",
                    "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + MAX_LENGTH + ").");
        }
        return new PyRange(start, stop, step, (int) Math.max(steps, 0));
    }

    PyRange slice(PySlice.Positions positions) {
        long first = start + positions.first() * step;
        long by = positions.step() * step;
        return new PyRange(first, first + positions.count() * by, by, positions.count());
    }

    @Override
    public Object get(int index) {
        return start + index * step;
    }

    @Override
    public int size() {
        return length;
    }

    @Override
    public String toString() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}
