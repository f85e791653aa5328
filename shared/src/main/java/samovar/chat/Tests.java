package samovar.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** jinja2's tests, what stands after {@code is}. */
final class Tests {
    private static final Map<String, Native> ALL = new HashMap<>();

    static {
        put("defined", value -> !(value instanceof Undefined));
        put("undefined", value -> value instanceof Undefined);
        put("none", value -> value == null);
        put("boolean", value -> value instanceof Boolean);
        put("true", value -> Boolean.TRUE.equals(value));
        put("false", value -> Boolean.FALSE.equals(value));
        put("integer", value -> value instanceof Number && !Numbers.isFloat(value));
        put("float", Numbers::isFloat);
        put("number", Numbers::isNumber);
        put("string", value -> value instanceof String);
        put("mapping", value -> value instanceof Map);
        put("sequence", Tests::isSequence);
        put("iterable", Iterables::isIterable);
        put("callable", value -> value instanceof Callable || value instanceof Undefined);
        put("escaped", value -> false);
        put("filter", value -> value instanceof String name && Filters.find(name) != null);
        put("test", value -> value instanceof String name && find(name) != null);
        ALL.put("lower", (r, value, a) -> CharacterTests.isLower(r.text(value)));
        ALL.put("upper", (r, value, a) -> CharacterTests.isUpper(r.text(value)));
        ALL.put("odd", (r, value, a) -> Comparison.equal(r, Operator.MODULO.apply(r, value, 2L), 1L));
        ALL.put("even", (r, value, a) -> Comparison.equal(r, Operator.MODULO.apply(r, value, 2L), 0L));
        ALL.put("divisibleby", Tests::isDivisible);
        ALL.put("sameas", (r, value, a) -> isSame(value, a.require(1, "sameas", "other")[0]));
        ALL.put("in", (r, value, a) -> Comparison.contains(r, a.require(1, "in", "seq")[0], value));
        relation(Relation.EQUAL, "==", "eq", "equalto");
        relation(Relation.NOT_EQUAL, "!=", "ne");
        relation(Relation.GREATER, ">", "gt", "greaterthan");
        relation(Relation.GREATER_OR_EQUAL, ">=", "ge");
        relation(Relation.LESS, "<", "lt", "lessthan");
        relation(Relation.LESS_OR_EQUAL, "<=", "le");
    }

    private Tests() {}

    /** The test of that name, or null. */
    static Native find(String name) {
        return ALL.get(name);
    }

    private static void put(String name, Predicate<Object> test) {
        ALL.put(name, (r, value, a) -> {
            a.bind("test_" + name);
            return test.test(value);
        });
    }

    private static void relation(Relation relation, String... names) {
        for (String name : names) {
            ALL.put(name, (r, value, a) -> relation.holds(r, value, a.require(1, name, "other")[0]));
        }
    }

    private static boolean isSequence(Object value) {
        boolean list = value instanceof List && !(value instanceof DictView);
        return list || value instanceof String || value instanceof Map || value instanceof Undefined;
    }

    private static Object isDivisible(Rendering r, Object value, Arguments arguments) {
        Object number = arguments.require(1, "divisibleby", "num")[0];
        return Comparison.equal(r, Operator.MODULO.apply(r, value, number), 0L);
    }

    /** Python asks for the same object; of texts and numbers, which Python often shares, equal ones count. */
    private static boolean isSame(Object value, Object other) {
        boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
        return plain ? value.equals(other) : value == other;
    }
}
