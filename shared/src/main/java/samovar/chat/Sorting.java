package samovar.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A stable sort that asks only what Python's asks, "is this below that", and so bears inconsistent answers. Up to 64
 * elements it asks in Python's order too (a run from the start, then binary insertion), so that elements of different
 * types fail at the same pair.
 */
final class Sorting {
    private static final int SHORT = 64;

    private Sorting() {}

    /** An element with what it is sorted by. */
    record Keyed(Object key, Object element) {}

    /** Equal elements stay in their order, also in reverse. */
    static List<Keyed> sorted(Rendering r, List<Keyed> elements, boolean reverse) {
        List<Keyed> copy = new ArrayList<>(elements);
        if (reverse) {
            Collections.reverse(copy);
        }
        List<Keyed> sorted = sort(r, copy);
        if (reverse) {
            Collections.reverse(sorted);
        }
        return sorted;
    }

    private static List<Keyed> sort(Rendering r, List<Keyed> elements) {
        r.charge(elements.size());
        if (elements.size() < SHORT) {
            return insertionSort(r, elements);
        }
        int middle = elements.size() / 2;
        List<Keyed> left = sort(r, elements.subList(0, middle));
        List<Keyed> right = sort(r, elements.subList(middle, elements.size()));
        List<Keyed> merged = new ArrayList<>(elements.size());
        int i = 0;
        for (Keyed candidate : right) {
            while (i < left.size() && !below(r, candidate, left.get(i))) {
                merged.add(left.get(i++));
            }
            merged.add(candidate);
        }
        merged.addAll(left.subList(i, left.size()));
        return merged;
    }

    private static List<Keyed> insertionSort(Rendering r, List<Keyed> elements) {
        List<Keyed> sorted = new ArrayList<>(elements);
        int run = firstRun(r, sorted);
        for (int i = run; i < sorted.size(); i++) {
            Keyed pivot = sorted.remove(i);
            int low = 0;
            int high = i;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (below(r, pivot, sorted.get(middle))) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            sorted.add(low, pivot);
        }
        return sorted;
    }

    /** Length of the ordered run at the start; one that falls strictly is turned round. */
    private static int firstRun(Rendering r, List<Keyed> elements) {
        if (elements.size() < 2) {
            return elements.size();
        }
        boolean falls = below(r, elements.get(1), elements.get(0));
        int run = 2;
        while (run < elements.size() && below(r, elements.get(run), elements.get(run - 1)) == falls) {
            run++;
        }
        if (falls) {
            Collections.reverse(elements.subList(0, run));
        }
        return run;
    }

    private static boolean below(Rendering r, Keyed left, Keyed right) {
        return Relation.LESS.holds(r, left.key, right.key);
    }

    static List<Object> elements(List<Keyed> keyed) {
        List<Object> elements = new ArrayList<>(keyed.size());
        for (Keyed pair : keyed) {
            elements.add(pair.element);
        }
        return elements;
    }
}
