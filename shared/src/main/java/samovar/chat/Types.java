package samovar.chat;

import java.util.List;
import java.util.Map;

/**
 * Python's types of the values a template sees. None is null, bool Boolean, int Long (64 bits, where Python's grows), float
 * Double, str String, list and dict any List and Map (never changed), and the rest this room's own classes.
 */
final class Types {
    private Types() {}

    static String name(Object value) {
        if (value == null) {
            return "NoneType";
        }
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Number number) {
            return number instanceof Double || number instanceof Float ? "float" : "int";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof List<?> list) {
            return listName(list);
        }
        if (value instanceof PyIterator iterator) {
            return iterator.type();
        }
        if (value instanceof Callable callable) {
            return callable.type();
        }
        return value.getClass() == PySlice.class ? "slice" : ownName(value);
    }

    private static String listName(List<?> list) {
        if (list instanceof PyTuple) {
            return "tuple";
        }
        if (list instanceof PyRange) {
            return "range";
        }
        return list instanceof DictView view ? view.type() : "list";
    }

    private static String ownName(Object value) {
        if (value instanceof Undefined) {
            return "Undefined";
        }
        return value instanceof Namespace ? "Namespace" : "object";
    }

    /** The value in messages about a missing attribute: {@code dict object}, {@code None}. */
    static String described(Object value) {
        if (value == null) {
            return "None";
        }
        String module =
                switch (name(value)) {
                    case "Macro", "LoopContext", "Undefined" -> "jinja2.runtime.";
                    case "Namespace", "Joiner", "Cycler" -> "jinja2.utils.";
                    default -> "";
                };
        return module + name(value) + " object";
    }

    /** Whether it is a list or tuple proper, which can be added, repeated and compared in order. */
    static boolean isListOrTuple(Object value) {
        return value instanceof List && !(value instanceof PyRange) && !(value instanceof DictView);
    }

    static boolean isTrue(Object value) {
        if (value == null || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> dict) {
            return !dict.isEmpty();
        }
        return !(value instanceof Number number) || number.doubleValue() != 0;
    }

    /** Python's len. */
    static int length(Object value) {
        if (value instanceof String text) {
            return CodePoints.length(text);
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> dict) {
            return dict.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        if (value instanceof LoopState loop) {
            return loop.length();
        }
        throw ChatTemplateException.typeError("object of type '" + name(value) + "' has no len()");
    }
}
