package samovar.chat;

import java.util.Arrays;

/**
 * Variables of one block, found by their number; what is not here is looked for further out. Macros keep the scope that
 * they were defined in. Scopes hold a handful of names, so a linear search beats a hash table.
 */
final class Scope {
    /** No such variable; None is null. */
    static final Object MISSING = new Object();

    private final Scope parent;
    private int[] ids;
    private Object[] values;
    private int size;

    private Scope(Scope parent, int[] ids, Object[] values) {
        this.parent = parent;
        this.ids = ids;
        this.values = values;
    }

    /** The outermost scope: a place for every name of the template, all empty. */
    static Scope outermost(int names) {
        Object[] values = new Object[names];
        Arrays.fill(values, MISSING);
        return new Scope(null, null, values);
    }

    Scope inner() {
        return new Scope(this, new int[4], new Object[4]);
    }

    Object get(int id) {
        Scope scope = this;
        while (scope.parent != null) {
            for (int i = 0; i < scope.size; i++) {
                if (scope.ids[i] == id) {
                    return scope.values[i];
                }
            }
            scope = scope.parent;
        }
        return scope.values[id];
    }

    void set(int id, Object value) {
        if (parent == null) {
            values[id] = value;
            return;
        }
        for (int i = 0; i < size; i++) {
            if (ids[i] == id) {
                values[i] = value;
                return;
            }
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        ids[size] = id;
        values[size++] = value;
    }
}
