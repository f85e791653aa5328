package samovar.chat;

import java.util.List;
import java.util.Map;

/** Python's equality, order and membership. Values nested deeper than the limit cannot be compared. */
final class Comparison {
    private static final int MAX_DEPTH = 200;

    private Comparison() {}

    static boolean equal(Rendering r, Object left, Object right) {
        return equal(r, left, right, 0);
    }

    private static boolean equal(Rendering r, Object left, Object right, int depth) {
        if (left instanceof String text) {
            return text.equals(right);
        }
        if (left == right || (left instanceof Undefined && right instanceof Undefined)) {
            return true;
        }
        if (Numbers.isNumber(left)) {
            return Numbers.isNumber(right) && Numbers.equal(left, right);
        }
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        if (left instanceof Map<?, ?> a) {
            return right instanceof Map<?, ?> b && equalDicts(r, a, b, depth);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return Types.name(a).equals(Types.name(b)) && equalLists(r, a, b, depth);
        }
        return false;
    }

    private static boolean equalLists(Rendering r, List<?> left, List<?> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        r.charge(left.size());
        for (int i = 0; i < left.size(); i++) {
            if (!equal(r, left.get(i), right.get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalDicts(Rendering r, Map<?, ?> left, Map<?, ?> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        r.charge(left.size());
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            Object other = Dicts.get(right, entry.getKey());
            if (other == Scope.MISSING || !equal(r, entry.getValue(), other, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Order of two values, negative, zero or positive. The sign names the operator in the message of a failure. */
    static int order(Rendering r, Object left, Object right, String sign) {
        return order(r, left, right, sign, 0);
    }

    private static int order(Rendering r, Object left, Object right, String sign, int depth) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        if (left instanceof String a && right instanceof String b) {
            return byCodePoints(a, b);
        }
        if (left instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        boolean sequences = Types.isListOrTuple(left) && Types.isListOrTuple(right);
        if (sequences && left instanceof PyTuple == right instanceof PyTuple) {
            return orderOfLists(r, (List<?>) left, (List<?>) right, sign, depth);
        }
        throw ChatTemplateException.typeError("'" + sign + "' not supported between instances of '" + Types.name(left)
                + "' and '" + Types.name(right) + "'");
    }

    private static int orderOfLists(Rendering r, List<?> left, List<?> right, String sign, int depth) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!equal(r, left.get(i), right.get(i), depth + 1)) {
                return order(r, left.get(i), right.get(i), sign, depth + 1);
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** Python orders texts by code points, Java by UTF-16 units: they differ where surrogates meet U+E000 to U+FFFF. */
    private static int byCodePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean oneWide = Character.isSurrogate(a) != Character.isSurrogate(b);
                return oneWide ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Whether NaN is in play, which is neither below, above nor equal. */
    static boolean unordered(Object left, Object right) {
        return (left instanceof Double a && a.isNaN()) || (right instanceof Double b && b.isNaN());
    }

    /** {@code element in container}. */
    static boolean contains(Rendering rendering, Object container, Object element) {
        if (container instanceof String text) {
            if (element instanceof String part) {
                rendering.chargeSearch(text, part);
                return text.contains(part);
            }
            throw ChatTemplateException.typeError(
                    "'in <string>' requires string as left operand, not " + Types.name(element));
        }
        if (container instanceof Map<?, ?> dict) {
            return Dicts.get(dict, Dicts.hashable(element)) != Scope.MISSING;
        }
        if (!Iterables.isIterable(container)) {
            throw ChatTemplateException.typeError("argument of type '" + Types.name(container) + "' is not iterable");
        }
        var elements = Iterables.iterator(container);
        while (elements.hasNext()) {
            rendering.charge(1);
            if (equal(rendering, elements.next(), element)) {
                return true;
            }
        }
        return false;
    }

    static ChatTemplateException tooDeep() {
        return ChatTemplateException.budget("a value is nested deeper than " + MAX_DEPTH + " levels");
    }
}
