package samovar.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Attributes and items as jinja2's immutable sandbox finds them: {@code x.name} asks Python's attributes first and the
 * items after, {@code x[key]} the other way round; what would change a value, and every name with a leading underscore,
 * is forbidden.
 */
final class Lookup {
    private static final Set<String> CHANGES_A_LIST =
            Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
    private static final Set<String> CHANGES_A_DICT = Set.of("clear", "pop", "popitem", "setdefault", "update");

    private Lookup() {}

    /** {@code target.name} */
    static Object attribute(Object target, String name) {
        if (target instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Object found = pythonAttribute(target, name);
        if (found != Scope.MISSING) {
            return found;
        }
        if (target instanceof Map<?, ?> dict) {
            Object value = Dicts.get(dict, name);
            if (value != Scope.MISSING) {
                return value;
            }
        }
        return Undefined.in(target, name);
    }

    /** {@code target[key]} */
    static Object item(Rendering rendering, Object target, Object key) {
        if (key instanceof PySlice slice) {
            return slice(rendering, target, slice);
        }
        if (target instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Object found = element(target, key);
        if (found == Scope.MISSING && key instanceof String name) {
            found = pythonAttribute(target, name);
        }
        return found == Scope.MISSING ? Undefined.in(target, key) : found;
    }

    /** The element at a key, or {@link Scope#MISSING} where there is none or the target has no elements. */
    private static Object element(Object target, Object key) {
        if (target instanceof Map<?, ?> dict) {
            boolean keyed = key instanceof String || key == null || Numbers.isNumber(key);
            boolean tuple = key instanceof PyTuple && Dicts.unhashable(key) == null;
            return keyed || tuple ? Dicts.get(dict, Dicts.hashable(key)) : Scope.MISSING;
        }
        Long index = Numbers.asIndex(key);
        if (index == null) {
            return Scope.MISSING;
        }
        if (target instanceof String text) {
            return character(text, index);
        }
        if (target instanceof List<?> list && !(list instanceof DictView)) {
            long at = index < 0 ? index + list.size() : index;
            return at >= 0 && at < list.size() ? list.get((int) at) : Scope.MISSING;
        }
        return Scope.MISSING;
    }

    private static Object character(String text, long index) {
        int length = CodePoints.length(text);
        long at = index < 0 ? index + length : index;
        return at >= 0 && at < length ? CodePoints.substring(text, (int) at, (int) at + 1) : Scope.MISSING;
    }

    private static Object slice(Rendering rendering, Object target, PySlice slice) {
        if (target instanceof String text) {
            return slicedText(rendering, text, slice);
        }
        if (target instanceof List<?> list && !(list instanceof DictView)) {
            PySlice.Positions positions = slice.over(list.size());
            rendering.charge(positions.count());
            if (list instanceof PyRange range) {
                return range.slice(positions);
            }
            List<Object> part = new ArrayList<>(positions.count());
            for (int i = 0; i < positions.count(); i++) {
                part.add(list.get(positions.applyAsInt(i)));
            }
            return list instanceof PyTuple ? PyTuple.copyOf(part) : part;
        }
        if (target instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (target instanceof Map) {
            throw ChatTemplateException.typeError("unhashable type: 'slice'");
        }
        throw ChatTemplateException.typeError("'" + Types.name(target) + "' object is not subscriptable");
    }

    private static String slicedText(Rendering rendering, String text, PySlice slice) {
        PySlice.Positions positions = slice.over(CodePoints.length(text));
        rendering.chargeText(text.length());
        if (positions.step() == 1) {
            return CodePoints.substring(text, positions.first(), positions.first() + positions.count());
        }
        List<Object> characters = CodePoints.split(text);
        StringBuilder part = new StringBuilder(positions.count());
        for (int i = 0; i < positions.count(); i++) {
            part.append(characters.get(positions.applyAsInt(i)));
        }
        return part.toString();
    }

    /** What Python's getattr finds, or {@link Scope#MISSING}; an undefined value where the sandbox forbids it. */
    static Object pythonAttribute(Object target, String name) {
        if (name.startsWith("_")) {
            boolean special = name.startsWith("__") && name.endsWith("__") && name.length() > 4;
            return special ? Undefined.forbidden(target, name) : Scope.MISSING;
        }
        if (target instanceof Namespace namespace) {
            return Dicts.get(namespace.attributes(), name);
        }
        if (target instanceof Callable callable) {
            return callable.attribute(name);
        }
        if (target instanceof PyTuple tuple && tuple.isGroup() && (name.equals("grouper") || name.equals("list"))) {
            return tuple.get(name.equals("grouper") ? 0 : 1);
        }
        if (forbidden(target, name)) {
            return Undefined.forbidden(target, name);
        }
        Native method = Methods.of(target, name);
        return method == null ? Scope.MISSING : BoundNative.method(name, target, method);
    }

    private static boolean forbidden(Object target, String name) {
        if (target instanceof Map) {
            return CHANGES_A_DICT.contains(name);
        }
        boolean list = target instanceof List && Types.name(target).equals("list");
        return list && CHANGES_A_LIST.contains(name);
    }
}
