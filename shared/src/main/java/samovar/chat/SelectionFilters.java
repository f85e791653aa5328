package samovar.chat;

import java.util.Iterator;
import java.util.Map;

/** map, select, reject and their attribute forms: they work on elements as these are asked for. */
final class SelectionFilters {
    private SelectionFilters() {}

    static void addTo(Map<String, Native> filters) {
        filters.put("map", SelectionFilters::map);
        filters.put("select", (r, value, a) -> select(r, value, a, true, false));
        filters.put("reject", (r, value, a) -> select(r, value, a, false, false));
        filters.put("selectattr", (r, value, a) -> select(r, value, a, true, true));
        filters.put("rejectattr", (r, value, a) -> select(r, value, a, false, true));
    }

    private static Object map(Rendering r, Object value, Arguments arguments) {
        return new PyIterator(value) {
            private Iterator<?> elements;
            private Native change;
            private Arguments rest;

            @Override
            Object advance() {
                if (elements == null) {
                    if (!Types.isTrue(value)) {
                        return END;
                    }
                    prepare();
                    elements = Iterables.iterator(value);
                }
                r.charge(1);
                return elements.hasNext() ? change.call(r, elements.next(), rest) : END;
            }

            private void prepare() {
                rest = arguments;
                Object attribute = arguments.named("attribute");
                if (arguments.count() == 0 && attribute != Scope.MISSING) {
                    Object fallback = Arguments.or(arguments.named("default"), null);
                    checkNames(arguments.without("attribute").without("default"));
                    AttributePath path = AttributePath.of(attribute, fallback);
                    change = (rendering, element, none) -> path.of(rendering, element);
                    return;
                }
                if (arguments.count() == 0) {
                    throw argumentError("map requires a filter argument");
                }
                change = named(arguments.get(0), true);
                rest = arguments.from(1);
            }
        };
    }

    private static void checkNames(Arguments arguments) {
        if (!arguments.names().isEmpty()) {
            throw argumentError("Unexpected keyword argument "
                    + Repr.quote(arguments.names().get(0)));
        }
    }

    private static ChatTemplateException argumentError(String reason) {
        return ChatTemplateException.runtime("FilterArgumentError", reason);
    }

    private static Native named(Object name, boolean filter) {
        Native found = name instanceof String text ? (filter ? Filters.find(text) : Tests.find(text)) : null;
        if (found == null) {
            throw ChatTemplateException.runtime(
                    "TemplateRuntimeError", "No " + (filter ? "filter" : "test") + " named " + Repr.of(name) + ".");
        }
        return found;
    }

    private static Object select(Rendering r, Object value, Arguments arguments, boolean keep, boolean attribute) {
        return new PyIterator(value) {
            private Iterator<?> elements;
            private AttributePath path;
            private Native test;
            private Arguments rest;

            @Override
            Object advance() {
                if (elements == null) {
                    if (!Types.isTrue(value)) {
                        return END;
                    }
                    prepare();
                    elements = Iterables.iterator(value);
                }
                while (elements.hasNext()) {
                    r.charge(1);
                    Object element = elements.next();
                    Object tested = path.of(r, element);
                    boolean holds = Types.isTrue(test == null ? tested : test.call(r, tested, rest));
                    if (holds == keep) {
                        return element;
                    }
                }
                return END;
            }

            private void prepare() {
                int first = attribute ? 1 : 0;
                if (arguments.count() < first) {
                    throw argumentError("Missing parameter for attribute name");
                }
                path = AttributePath.of(attribute ? arguments.get(0) : null);
                test = arguments.count() > first ? named(arguments.get(first), false) : null;
                rest = arguments.from(first + 1);
            }
        };
    }
}
