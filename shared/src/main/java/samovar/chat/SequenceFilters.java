package samovar.chat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The filters that order, pick, group and join the elements of a sequence. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Map<String, Native> filters) {
        filters.put("list", SequenceFilters::list);
        filters.put("first", SequenceFilters::first);
        filters.put("last", SequenceFilters::last);
        filters.put("reverse", SequenceFilters::reverse);
        filters.put("join", SequenceFilters::join);
        filters.put("items", SequenceFilters::items);
        filters.put("sort", SequenceFilters::sort);
        filters.put("dictsort", SequenceFilters::sortDict);
        filters.put("min", (r, value, a) -> extreme(r, value, a, "min"));
        filters.put("max", (r, value, a) -> extreme(r, value, a, "max"));
        filters.put("unique", SequenceFilters::unique);
        filters.put("groupby", SequenceFilters::groupBy);
        filters.put("batch", SequenceFilters::batch);
        filters.put("slice", SequenceFilters::slice);
    }

    private static boolean flag(Object given) {
        return given != Scope.MISSING && Types.isTrue(given);
    }

    private static Object list(Rendering r, Object value, Arguments arguments) {
        arguments.bind("list");
        return Iterables.list(r, value);
    }

    private static Object first(Rendering r, Object value, Arguments arguments) {
        arguments.bind("first");
        Iterator<?> elements = Iterables.iterator(value);
        return elements.hasNext() ? elements.next() : Undefined.because("No first item, sequence was empty.");
    }

    private static Object last(Rendering r, Object value, Arguments arguments) {
        arguments.bind("last");
        if (value instanceof PyIterator || !Iterables.isIterable(value)) {
            throw ChatTemplateException.typeError("'" + Types.name(value) + "' object is not reversible");
        }
        List<?> elements = Iterables.sequence(value);
        return elements.isEmpty()
                ? Undefined.because("No last item, sequence was empty.")
                : elements.get(elements.size() - 1);
    }

    private static Object reverse(Rendering r, Object value, Arguments arguments) {
        arguments.bind("reverse");
        if (value instanceof String text) {
            r.chargeText(text.length());
            return CodePoints.reversed(text);
        }
        if (!Iterables.isIterable(value)) {
            throw ChatTemplateException.runtime("FilterArgumentError", "argument must be iterable");
        }
        List<Object> reversed = Iterables.reversed(Iterables.list(r, value));
        return value instanceof PyIterator ? reversed : PyIterator.over(reversedType(value), reversed.iterator());
    }

    private static String reversedType(Object value) {
        return switch (Types.name(value)) {
            case "list" -> "list_reverseiterator";
            case "dict" -> "dict_reversekeyiterator";
            case "range" -> "range_iterator";
            default -> "reversed";
        };
    }

    private static Object join(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("join", "d", "attribute");
        AttributePath path = AttributePath.of(Arguments.or(given[1], null));
        String separator = r.text(Arguments.or(given[0], ""));
        StringBuilder joined = new StringBuilder();
        Iterator<?> elements = Iterables.iterator(value);
        for (boolean first = true; elements.hasNext(); first = false) {
            r.charge(1);
            joined.append(first ? "" : separator).append(r.text(path.of(r, elements.next())));
            Rendering.checkText(joined.length());
        }
        r.chargeText(joined.length());
        return joined.toString();
    }

    private static Object items(Rendering r, Object value, Arguments arguments) {
        arguments.bind("items");
        if (value instanceof Map<?, ?> dict) {
            r.charge(dict.size());
            return PyIterator.over("generator", DictView.items(dict).iterator());
        }
        return new PyIterator(value) {
            @Override
            Object advance() {
                if (value instanceof Undefined) {
                    return END;
                }
                throw ChatTemplateException.typeError("Can only get item pairs from a mapping.");
            }
        };
    }

    private static Object sort(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
        List<AttributePath> paths = AttributePath.all(Arguments.or(given[2], null));
        List<Sorting.Keyed> keyed = new ArrayList<>();
        for (Object element : Iterables.list(r, value)) {
            List<Object> key = new ArrayList<>();
            for (AttributePath path : paths) {
                key.add(path.ofIgnoringCase(r, element, flag(given[1])));
            }
            keyed.add(new Sorting.Keyed(key, element));
        }
        return Sorting.elements(Sorting.sorted(r, keyed, flag(given[0])));
    }

    private static Object sortDict(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
        Object by = Arguments.or(given[1], "key");
        if (!"key".equals(by) && !"value".equals(by)) {
            throw ChatTemplateException.runtime(
                    "FilterArgumentError", "You can only sort by either \"key\" or \"value\"");
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(value instanceof Map<?, ?> dict)) {
            throw ChatTemplateException.runtime(
                    "AttributeError", "'" + Types.name(value) + "' object has no attribute 'items'");
        }
        AttributePath path = AttributePath.of(by.equals("key") ? 0L : 1L);
        List<Sorting.Keyed> keyed = new ArrayList<>();
        for (Object pair : DictView.items(dict)) {
            keyed.add(new Sorting.Keyed(path.ofIgnoringCase(r, pair, flag(given[0])), pair));
        }
        return Sorting.elements(Sorting.sorted(r, keyed, flag(given[2])));
    }

    private static Object extreme(Rendering r, Object value, Arguments arguments, String which) {
        Object[] given = arguments.bind(which, "case_sensitive", "attribute");
        AttributePath path = AttributePath.of(Arguments.or(given[1], null));
        boolean least = which.equals("min");
        Object best = Scope.MISSING;
        Object bestKey = null;
        Iterator<?> elements = Iterables.iterator(value);
        while (elements.hasNext()) {
            r.charge(1);
            Object element = elements.next();
            Object key = path.ofIgnoringCase(r, element, flag(given[0]));
            boolean better = best == Scope.MISSING
                    || (least ? Relation.LESS.holds(r, key, bestKey) : Relation.GREATER.holds(r, key, bestKey));
            if (better) {
                best = element;
                bestKey = key;
            }
        }
        return best == Scope.MISSING ? Undefined.because("No aggregated item, sequence was empty.") : best;
    }

    private static Object unique(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("unique", "case_sensitive", "attribute");
        AttributePath path = AttributePath.of(Arguments.or(given[1], null));
        Iterator<?> elements = Iterables.iterator(value);
        Map<Object, Object> seen = new LinkedHashMap<>();
        return new PyIterator(value) {
            @Override
            Object advance() {
                while (elements.hasNext()) {
                    r.charge(1);
                    Object element = elements.next();
                    Object key = Dicts.hashable(path.ofIgnoringCase(r, element, flag(given[0])));
                    if (Dicts.get(seen, key) == Scope.MISSING) {
                        Dicts.put(seen, key, true);
                        return element;
                    }
                }
                return END;
            }
        };
    }

    private static Object groupBy(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.require(1, "groupby", "attribute", "default", "case_sensitive");
        AttributePath path = AttributePath.of(given[0], Arguments.or(given[1], null));
        List<Sorting.Keyed> keyed = new ArrayList<>();
        for (Object element : Iterables.list(r, value)) {
            keyed.add(new Sorting.Keyed(path.ofIgnoringCase(r, element, flag(given[2])), element));
        }
        List<Object> groups = new ArrayList<>();
        List<Object> members = new ArrayList<>();
        Object key = Scope.MISSING;
        for (Sorting.Keyed next : Sorting.sorted(r, keyed, false)) {
            if (key == Scope.MISSING || !Comparison.equal(r, key, next.key())) {
                members = new ArrayList<>();
                groups.add(PyTuple.group(path.of(r, next.element()), members));
            }
            members.add(next.element());
            key = next.key();
        }
        return groups;
    }

    private static Object batch(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.require(1, "batch", "linecount", "fill_with");
        Object fill = Arguments.or(given[1], null);
        Iterator<?> elements = Iterables.iterator(value);
        return new PyIterator(value) {
            @Override
            Object advance() {
                List<Object> row = new ArrayList<>();
                while (elements.hasNext() && !(Comparison.equal(r, (long) row.size(), given[0]) && !row.isEmpty())) {
                    r.charge(1);
                    row.add(elements.next());
                }
                if (row.isEmpty()) {
                    return END;
                }
                if (fill != null) {
                    long missing = StringMethods.integer(given[0]) - row.size();
                    r.charge((double) Math.max(0, missing));
                    for (long i = 0; i < missing; i++) {
                        row.add(fill);
                    }
                }
                return row;
            }
        };
    }

    private static Object slice(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.require(1, "slice", "slices", "fill_with");
        Object fill = Arguments.or(given[1], null);
        List<Object> elements = Iterables.list(r, value);
        long slices = StringMethods.integer(given[0]);
        r.charge((double) Math.max(0, slices));
        if (slices == 0) {
            throw ChatTemplateException.runtime("ZeroDivisionError", "integer division or modulo by zero");
        }
        List<Object> parts = new ArrayList<>();
        long from = 0;
        for (long i = 0; i < slices; i++) {
            boolean extra = i < elements.size() % slices;
            long to = from + elements.size() / slices + (extra ? 1 : 0);
            List<Object> part = new ArrayList<>(elements.subList((int) from, (int) to));
            if (fill != null && !extra) {
                part.add(fill);
            }
            parts.add(part);
            from = to;
        }
        return PyIterator.over("generator", parts.iterator());
    }
}
