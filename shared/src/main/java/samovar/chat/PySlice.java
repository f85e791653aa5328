package samovar.chat;

import java.util.function.IntUnaryOperator;

/** The three parts of a slice, any of which may be None; {@link #over} resolves them against a length as Python does. */
record PySlice(Object start, Object stop, Object step) {

    /** The positions a slice takes: {@code count} of them from {@code first} on, {@code step} apart. */
    record Positions(int first, int step, int count) implements IntUnaryOperator {
        @Override
        public int applyAsInt(int index) {
            return first + index * step;
        }
    }

    Positions over(int length) {
        long by = step == null ? 1 : part(step);
        if (by == 0) {
            throw ChatTemplateException.valueError("slice step cannot be zero");
        }
        long lowest = by > 0 ? 0 : -1;
        long highest = by > 0 ? length : length - 1L;
        long from = start == null ? (by > 0 ? lowest : highest) : clamp(part(start), length, lowest, highest);
        long to = stop == null ? (by > 0 ? highest : lowest) : clamp(part(stop), length, lowest, highest);
        long distance = by > 0 ? to - from : from - to;
        long size = by == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(by);
        long count = distance <= 0 ? 0 : (distance - 1) / size + 1;
        return new Positions(
                (int) from, (int) Math.max(Math.min(by, Integer.MAX_VALUE), -Integer.MAX_VALUE), (int) count);
    }

    private static long clamp(long index, int length, long lowest, long highest) {
        long fromStart = index < 0 ? index + length : index;
        return Math.max(lowest, Math.min(highest, fromStart));
    }

    private static long part(Object value) {
        Long index = Numbers.asIndex(value);
        if (index == null) {
            throw ChatTemplateException.typeError("slice indices must be integers or None or have an __index__ method");
        }
        return index;
    }
}
