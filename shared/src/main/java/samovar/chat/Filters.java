package samovar.chat;

import java.util.HashMap;
import java.util.Map;

/**
 * jinja2's filters with transformers' tojson. Not here: random, lipsum's kin, and those for web pages (urlize, xmlattr,
 * striptags, wordwrap, pprint). escape and safe give plain texts, for nothing is escaped by itself: a text escaped twice
 * is escaped twice, where jinja2 remembers.
 */
final class Filters {
    private static final Map<String, Native> ALL = new HashMap<>();

    static {
        TextFilters.addTo(ALL);
        NumberFilters.addTo(ALL);
        SequenceFilters.addTo(ALL);
        SelectionFilters.addTo(ALL);
        ALL.put("default", Filters::orDefault);
        ALL.put("d", Filters::orDefault);
        ALL.put("attr", Filters::attribute);
        ALL.put("tojson", JsonText::filter);
        ALL.put("length", Filters::length);
        ALL.put("count", Filters::length);
    }

    private Filters() {}

    /** The filter of that name, or null. */
    static Native find(String name) {
        return ALL.get(name);
    }

    private static Object length(Rendering r, Object value, Arguments arguments) {
        arguments.bind("length");
        return (long) Types.length(value);
    }

    private static Object orDefault(Rendering r, Object value, Arguments arguments) {
        Object[] given = arguments.bind("default", "default_value", "boolean");
        boolean falseToo = given[1] != Scope.MISSING && Types.isTrue(given[1]);
        boolean replaced = value instanceof Undefined || (falseToo && !Types.isTrue(value));
        return replaced ? Arguments.or(given[0], "") : value;
    }

    private static Object attribute(Rendering r, Object value, Arguments arguments) {
        Object name = arguments.require(1, "attr", "name")[0];
        if (!(name instanceof String text)) {
            throw ChatTemplateException.typeError("attribute name must be string, not '" + Types.name(name) + "'");
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Object found = Lookup.pythonAttribute(value, text);
        return found == Scope.MISSING ? Undefined.in(value, text) : found;
    }
}
