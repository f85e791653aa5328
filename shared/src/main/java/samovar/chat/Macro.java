package samovar.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro, or the block of a call statement, with the scope in which it was defined. */
final class Macro implements Callable {
    /**
     * What was written between macro and endmacro.
     *
     * @param name null for the block of a call statement
     * @param defaults of the last parameters
     * @param usesCaller whether the body names caller, varargs and kwargs: only then may a call give them
     */
    record Code(
            String name,
            List<String> parameters,
            List<Integer> ids,
            List<Expr> defaults,
            List<Stmt> body,
            boolean usesCaller,
            boolean usesVarargs,
            boolean usesKwargs) {}

    private final Code code;
    private final Scope defined;

    Macro(Code code, Scope defined) {
        this.code = code;
        this.defined = defined;
    }

    @Override
    public Object call(Rendering r, Arguments arguments) {
        int count = code.parameters.size();
        if (!code.usesVarargs && arguments.count() > count) {
            throw ChatTemplateException.typeError(
                    "macro " + quotedName() + " takes not more than " + count + " argument(s)");
        }
        Arguments rest = arguments;
        Object[] bound = new Object[count];
        for (int i = 0; i < count; i++) {
            bound[i] = i < arguments.count() ? arguments.get(i) : Scope.MISSING;
            if (bound[i] == Scope.MISSING) {
                bound[i] = rest.named(code.parameters.get(i));
                rest = rest.without(code.parameters.get(i));
            }
        }
        Scope inner = defined.inner();
        if (code.usesCaller && !code.parameters.contains("caller")) {
            Object caller = rest.named("caller");
            boolean none = caller == Scope.MISSING || caller == null;
            inner.set(Symbols.CALLER, none ? Undefined.because("No caller defined") : caller);
            rest = rest.without("caller");
        }
        setRest(inner, arguments, rest);
        setParameters(r, inner, bound);
        return r.capture(code.body, inner).text();
    }

    private void setRest(Scope inner, Arguments all, Arguments rest) {
        if (code.usesKwargs) {
            Map<Object, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < rest.names().size(); i++) {
                named.put(rest.names().get(i), rest.named().get(i));
            }
            inner.set(Symbols.KWARGS, named);
        } else if (rest.names().contains("caller")) {
            throw ChatTemplateException.typeError("macro " + quotedName()
                    + " was invoked with two values for the special caller argument. This is most likely a bug.");
        } else if (!rest.names().isEmpty()) {
            throw ChatTemplateException.typeError("macro " + quotedName() + " takes no keyword argument "
                    + Repr.quote(rest.names().get(0)));
        }
        if (code.usesVarargs) {
            inner.set(
                    Symbols.VARARGS,
                    PyTuple.copyOf(all.from(code.parameters.size()).values()));
        }
    }

    /** Sets what the call gave, then the defaults, which may name the parameters before them. */
    private void setParameters(Rendering r, Scope inner, Object[] bound) {
        int firstDefault = bound.length - code.defaults.size();
        Scope outer = r.enter(inner);
        for (int i = 0; i < bound.length; i++) {
            Object value = bound[i];
            if (value == Scope.MISSING) {
                value = i >= firstDefault
                        ? r.eval(code.defaults.get(i - firstDefault))
                        : Undefined.because("parameter " + Repr.quote(code.parameters.get(i)) + " was not provided");
            }
            inner.set(code.ids.get(i), value);
        }
        r.enter(outer);
    }

    private String quotedName() {
        return Repr.of(code.name);
    }

    @Override
    public String type() {
        return "Macro";
    }

    @Override
    public String printed() {
        return "<Macro " + (code.name == null ? "anonymous" : quotedName()) + ">";
    }

    @Override
    public Object attribute(String attribute) {
        return switch (attribute) {
            case "name" -> code.name;
            case "arguments" -> PyTuple.copyOf(code.parameters);
            case "catch_kwargs" -> code.usesKwargs;
            case "catch_varargs" -> code.usesVarargs;
            case "caller" -> code.usesCaller;
            default -> Scope.MISSING;
        };
    }
}
