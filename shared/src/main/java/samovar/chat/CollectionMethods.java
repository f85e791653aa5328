package samovar.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods of list, tuple, range and dict that change nothing; the sandbox forbids the others. */
final class CollectionMethods {
    private static final Map<String, Native> DICT = Map.of(
            "get", CollectionMethods::get,
            "keys", (r, self, a) -> DictView.keys(entries(r, self, a, "keys")),
            "values", (r, self, a) -> DictView.values(entries(r, self, a, "values")),
            "items", (r, self, a) -> DictView.items(entries(r, self, a, "items")),
            "copy", (r, self, a) -> new LinkedHashMap<Object, Object>(entries(r, self, a, "copy")),
            "fromkeys", CollectionMethods::fromKeys);

    private static final Map<String, Native> SEQUENCE = Map.of(
            "count", CollectionMethods::count,
            "index", CollectionMethods::index,
            "copy", CollectionMethods::copy);

    private CollectionMethods() {}

    static Native ofDict(String name) {
        return DICT.get(name);
    }

    static Native ofSequence(String name, String type) {
        return name.equals("copy") && !type.equals("list") ? null : SEQUENCE.get(name);
    }

    private static Object copy(Rendering r, Object self, Arguments arguments) {
        arguments.positional("list", "copy", 0, 0);
        return Iterables.list(r, self);
    }

    private static Map<?, ?> entries(Rendering r, Object self, Arguments arguments, String method) {
        arguments.positional("dict", method, 0, 0);
        Map<?, ?> dict = (Map<?, ?>) self;
        r.charge(dict.size());
        return dict;
    }

    private static Object get(Rendering r, Object self, Arguments arguments) {
        Object[] given = arguments.positional("dict", "get", 1, 2);
        Object value = Dicts.get((Map<?, ?>) self, Dicts.hashable(given[0]));
        return value == Scope.MISSING ? Arguments.or(given[1], null) : value;
    }

    private static Object fromKeys(Rendering r, Object self, Arguments arguments) {
        Object[] given = arguments.positional("dict", "fromkeys", 1, 2);
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (Object key : Iterables.list(r, given[0])) {
            Dicts.put(dict, key, Arguments.or(given[1], null));
        }
        return dict;
    }

    private static Object count(Rendering r, Object self, Arguments arguments) {
        Object[] given = arguments.positional(Types.name(self), "count", 1, 1);
        long count = 0;
        for (Object element : new ArrayList<>(elements(r, self))) {
            count += Comparison.equal(r, element, given[0]) ? 1 : 0;
        }
        return count;
    }

    private static Object index(Rendering r, Object self, Arguments arguments) {
        Object[] given = arguments.positional(Types.name(self), "index", 1, 3);
        List<?> elements = elements(r, self);
        Object start = Arguments.or(given[1], null);
        Object stop = Arguments.or(given[2], null);
        PySlice.Positions positions = new PySlice(start, stop, null).over(elements.size());
        for (int i = 0; i < positions.count(); i++) {
            int at = positions.applyAsInt(i);
            if (Comparison.equal(r, elements.get(at), given[0])) {
                return (long) at;
            }
        }
        String what =
                self instanceof PyTuple ? "tuple.index(x): x not in tuple" : Repr.of(given[0]) + " is not in list";
        throw ChatTemplateException.valueError(what);
    }

    private static List<?> elements(Rendering r, Object self) {
        List<?> elements = (List<?>) self;
        r.charge(elements.size());
        return elements;
    }
}
