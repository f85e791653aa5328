package samovar.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** A stable merge sort that asks only what Python's asks, "is this below that", and so bears inconsistent answers. */
final class Sorting {
    private Sorting() {}

    /** An element with what it is sorted by. */
    record Keyed(Object key, Object element) {}

    static List<Keyed> sorted(Rendering r, List<Keyed> elements, boolean reverse) {
        return reverse
                ? sort(r, elements, (a, b) -> Comparison.order(r, b.key, a.key, "<") < 0)
                : sort(r, elements, (a, b) -> Comparison.order(r, a.key, b.key, "<") < 0);
    }

    private static List<Keyed> sort(Rendering r, List<Keyed> elements, BiPredicate<Keyed, Keyed> below) {
        if (elements.size() < 2) {
            return elements;
        }
        int middle = elements.size() / 2;
        List<Keyed> left = sort(r, elements.subList(0, middle), below);
        List<Keyed> right = sort(r, elements.subList(middle, elements.size()), below);
        r.charge(elements.size());
        List<Keyed> merged = new ArrayList<>(elements.size());
        int i = 0;
        for (Keyed candidate : right) {
            while (i < left.size() && !below.test(candidate, left.get(i))) {
                merged.add(left.get(i++));
            }
            merged.add(candidate);
        }
        merged.addAll(left.subList(i, left.size()));
        return merged;
    }

    static List<Object> elements(List<Keyed> keyed) {
        List<Object> elements = new ArrayList<>(keyed.size());
        for (Keyed pair : keyed) {
            elements.add(pair.element);
        }
        return elements;
    }
}
