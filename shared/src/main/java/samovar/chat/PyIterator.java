package samovar.chat;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A value that can be gone through once, element by element as it is asked for: what map, select and their like give.
 * {@link #advance} finds the next element.
 */
abstract class PyIterator implements Iterator<Object> {
    static final Object END = new Object();

    private static final int MAX_NESTING = 100;

    private final String type;
    private final int nesting;
    private Object ahead;
    private boolean looked;

    /** @param source what the elements are made from; iterators over iterators nest to a limit */
    PyIterator(Object source) {
        this("generator", source);
    }

    PyIterator(String type, Object source) {
        this.type = type;
        this.nesting = source instanceof PyIterator inner ? inner.nesting + 1 : 0;
        if (nesting > MAX_NESTING) {
            throw ChatTemplateException.budget("more than " + MAX_NESTING + " generators feed one another");
        }
    }

    static PyIterator over(String type, Iterator<?> elements) {
        return new PyIterator(type, elements) {
            @Override
            Object advance() {
                return elements.hasNext() ? elements.next() : END;
            }
        };
    }

    /** The next element, or {@link #END}. */
    abstract Object advance();

    String type() {
        return type;
    }

    @Override
    public final boolean hasNext() {
        if (!looked) {
            ahead = advance();
            looked = true;
        }
        return ahead != END;
    }

    @Override
    public final Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object element = ahead;
        // At the end the answer stays: an exhausted iterator is not asked again.
        looked = false;
        ahead = null;
        return element;
    }
}
