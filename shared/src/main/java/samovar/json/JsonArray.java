package samovar.json;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The elements of an array, unmodifiable, with nothing around them: there may be hundreds of thousands of such pairs. */
final class JsonArray extends AbstractList<Object> implements RandomAccess {
    private final Object[] elements;

    /** @param elements not copied */
    JsonArray(Object[] elements) {
        this.elements = elements;
    }

    @Override
    public Object get(int index) {
        if (index < 0 || index >= elements.length) {
            throw new IndexOutOfBoundsException("index " + index + " of " + elements.length);
        }
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }
}
