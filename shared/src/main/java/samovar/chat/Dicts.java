package samovar.chat;

import java.util.List;
import java.util.Map;

/** Python's rules for the keys of dicts: 1, 1.0 and True are one key; lists and dicts are none. */
final class Dicts {
    private static final int MAX_WEIGHT = 10_000;

    private Dicts() {}

    /** The value of a key, or {@link Scope#MISSING}. */
    static Object get(Map<?, ?> dict, Object key) {
        Object value = dict.get(key);
        if (value != null) {
            return value;
        }
        if (Numbers.isNumber(key)) {
            Object stored = storedKey(dict, key);
            return stored == Scope.MISSING ? Scope.MISSING : dict.get(stored);
        }
        return dict.containsKey(key) ? null : Scope.MISSING;
    }

    static void put(Map<Object, Object> dict, Object key, Object value) {
        Object stored = Numbers.isNumber(hashable(key)) ? storedKey(dict, key) : Scope.MISSING;
        dict.put(stored == Scope.MISSING ? key : stored, value);
    }

    /** The form in which a number is a key already. */
    private static Object storedKey(Map<?, ?> dict, Object number) {
        double real = Numbers.real(number);
        List<Object> forms = real == Math.floor(real) && Math.abs(real) < 9e15
                ? List.of(number, (long) real, real, real == 1)
                : List.of(number);
        for (Object form : forms) {
            boolean same = !(form instanceof Boolean) || real == 0 || real == 1;
            if (same && dict.containsKey(form)) {
                return form;
            }
        }
        return Scope.MISSING;
    }

    /** The same value, which can be a key. */
    static Object hashable(Object key) {
        String type = unhashable(key);
        if (type != null) {
            throw ChatTemplateException.typeError("unhashable type: '" + type + "'");
        }
        if (key instanceof PyTuple tuple && tuple.weight() > MAX_WEIGHT) {
            throw ChatTemplateException.budget("a key of a dict has more than " + MAX_WEIGHT + " elements");
        }
        return key;
    }

    /** Name of the type that keeps a value from being a key, or null. */
    static String unhashable(Object key) {
        if (key instanceof PyTuple tuple) {
            return tuple.unhashable();
        }
        boolean changeable = key instanceof Map || (key instanceof List && !(key instanceof PyRange));
        return changeable || key instanceof PySlice ? Types.name(key) : null;
    }
}
