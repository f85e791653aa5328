package samovar.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Going through values as Python's for does. */
final class Iterables {
    private Iterables() {}

    static boolean isIterable(Object value) {
        return value instanceof String
                || value instanceof List
                || value instanceof Map
                || value instanceof PyIterator
                || value instanceof Undefined
                || value instanceof LoopState;
    }

    static Iterator<?> iterator(Object value) {
        if (value instanceof PyIterator iterator) {
            return iterator;
        }
        return sequence(value).iterator();
    }

    /** Every element: of a text its characters, of a dict its keys. An iterator is used up. */
    static List<?> sequence(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof String text) {
            return CodePoints.split(text);
        }
        if (value instanceof Map<?, ?> dict) {
            return new ArrayList<>(dict.keySet());
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        if (value instanceof PyIterator iterator) {
            List<Object> elements = new ArrayList<>();
            iterator.forEachRemaining(elements::add);
            return elements;
        }
        throw ChatTemplateException.typeError("'" + Types.name(value) + "' object is not iterable");
    }

    /** A list of its own with every element. */
    static List<Object> list(Rendering rendering, Object value) {
        List<?> elements = sequence(value);
        rendering.charge(elements.size());
        return new ArrayList<>(elements);
    }

    static List<Object> reversed(List<?> elements) {
        List<Object> reversed = new ArrayList<>(elements);
        Collections.reverse(reversed);
        return reversed;
    }
}
