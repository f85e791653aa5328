package samovar.chat;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Python's tuple: an immutable list that is its own type. Grouping gives tuples whose two fields have names. */
final class PyTuple extends AbstractList<Object> implements RandomAccess {
    static final PyTuple EMPTY = new PyTuple(false);

    private final Object[] items;
    private final boolean group;
    private final double weight;
    private final String unhashable;

    private PyTuple(boolean group, Object... items) {
        this.items = items;
        this.group = group;
        double elements = 1;
        String type = null;
        for (Object item : items) {
            elements += item instanceof PyTuple tuple ? tuple.weight : 1;
            type = type == null ? Dicts.unhashable(item) : type;
        }
        this.weight = elements;
        this.unhashable = type;
    }

    static PyTuple of(Object... items) {
        return new PyTuple(false, items);
    }

    static PyTuple copyOf(List<?> items) {
        return new PyTuple(false, items.toArray());
    }

    /** What the groupby filter gives: {@code group.grouper} and {@code group.list}. */
    static PyTuple group(Object grouper, List<Object> members) {
        return new PyTuple(true, grouper, members);
    }

    boolean isGroup() {
        return group;
    }

    /** How many elements hashing it visits, nested ones included. */
    double weight() {
        return weight;
    }

    /** Type of an element that keeps it from being a key, or null. */
    String unhashable() {
        return unhashable;
    }

    @Override
    public Object get(int index) {
        return items[index];
    }

    @Override
    public int size() {
        return items.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PyTuple tuple && Arrays.equals(items, tuple.items);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(items);
    }
}
