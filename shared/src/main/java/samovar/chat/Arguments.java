package samovar.chat;

import java.util.ArrayList;
import java.util.List;

/** The arguments of one call: positional values, then named ones in the order written. */
final class Arguments {
    static final Arguments NONE = new Arguments(List.of(), List.of(), List.of());

    private final List<Object> values;
    private final List<String> names;
    private final List<Object> named;

    Arguments(List<Object> values, List<String> names, List<Object> named) {
        this.values = values;
        this.names = names;
        this.named = named;
    }

    static Arguments of(List<Object> values) {
        return new Arguments(values, List.of(), List.of());
    }

    int count() {
        return values.size();
    }

    Object get(int index) {
        return values.get(index);
    }

    List<Object> values() {
        return values;
    }

    List<String> names() {
        return names;
    }

    List<Object> named() {
        return named;
    }

    /** The named value, or {@link Scope#MISSING}. */
    Object named(String name) {
        int at = names.indexOf(name);
        return at < 0 ? Scope.MISSING : named.get(at);
    }

    boolean isEmpty() {
        return values.isEmpty() && names.isEmpty();
    }

    /** The same arguments without the first positional ones. */
    Arguments from(int first) {
        return new Arguments(values.subList(Math.min(first, values.size()), values.size()), names, named);
    }

    /** The same arguments without one that is named. */
    Arguments without(String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            return this;
        }
        List<String> otherNames = new ArrayList<>(names);
        List<Object> others = new ArrayList<>(named);
        otherNames.remove(at);
        others.remove(at);
        return new Arguments(values, otherNames, others);
    }

    /**
     * One value for each parameter, {@link Scope#MISSING} where the call gave none.
     *
     * @throws ChatTemplateException (TypeError) for too many values, a name twice or a name that is none of them
     */
    Object[] bind(String function, String... parameters) {
        if (values.size() > parameters.length) {
            throw ChatTemplateException.typeError(function + "() takes at most " + parameters.length
                    + (parameters.length == 1 ? " argument (" : " arguments (") + values.size() + " given)");
        }
        Object[] bound = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Object byName = named(parameters[i]);
            if (i < values.size() && byName != Scope.MISSING) {
                throw ChatTemplateException.typeError(
                        function + "() got multiple values for argument '" + parameters[i] + "'");
            }
            bound[i] = i < values.size() ? values.get(i) : byName;
        }
        for (String name : names) {
            if (!List.of(parameters).contains(name)) {
                throw ChatTemplateException.typeError(
                        function + "() got an unexpected keyword argument '" + name + "'");
            }
        }
        return bound;
    }

    /** Like {@link #bind} where the first parameters must be given. */
    Object[] require(int required, String function, String... parameters) {
        Object[] bound = bind(function, parameters);
        for (int i = 0; i < required; i++) {
            if (bound[i] == Scope.MISSING) {
                throw ChatTemplateException.typeError(
                        function + "() missing required argument: '" + parameters[i] + "'");
            }
        }
        return bound;
    }

    /**
     * The values of a method that takes none by name, {@link Scope#MISSING} where the call gave none.
     *
     * @param owner the type whose method it is
     */
    Object[] positional(String owner, String method, int least, int most) {
        if (!names.isEmpty()) {
            throw ChatTemplateException.typeError(owner + "." + method + "() takes no keyword arguments");
        }
        int count = values.size();
        if (most == 0 && count > 0) {
            throw ChatTemplateException.typeError(owner + "." + method + "() takes no arguments (" + count + " given)");
        }
        if (least == most && count != most) {
            throw ChatTemplateException.typeError(
                    owner + "." + method + "() takes exactly one argument (" + count + " given)");
        }
        if (count < least || count > most) {
            int limit = count < least ? least : most;
            throw ChatTemplateException.typeError(method + " expected at " + (count < least ? "least " : "most ")
                    + limit + (limit == 1 ? " argument" : " arguments") + ", got " + count);
        }
        Object[] given = new Object[most];
        for (int i = 0; i < most; i++) {
            given[i] = i < count ? values.get(i) : Scope.MISSING;
        }
        return given;
    }

    static Object or(Object bound, Object fallback) {
        return bound == Scope.MISSING ? fallback : bound;
    }
}
