package samovar.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An expression of a template, which evaluates itself. Parts are evaluated through {@link Rendering#eval}, which counts. */
sealed interface Expr {
    Object eval(Rendering r);

    record Literal(Object value) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return value;
        }
    }

    record Name(String name, int id) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object value = r.scope().get(id);
            return value == Scope.MISSING ? Undefined.name(name) : value;
        }
    }

    record ListOf(List<Expr> items) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return evalAll(r, items);
        }
    }

    record TupleOf(List<Expr> items) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return PyTuple.copyOf(evalAll(r, items));
        }
    }

    record DictOf(List<Expr> keys, List<Expr> values) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Object key = r.eval(keys.get(i));
                Dicts.put(dict, key, r.eval(values.get(i)));
            }
            return dict;
        }
    }

    record Attribute(Expr target, String name, int line) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object object = r.eval(target);
            r.atLine(line);
            return Lookup.attribute(object, name);
        }
    }

    record Item(Expr target, Expr key, int line) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object object = r.eval(target);
            Object at = r.eval(key);
            r.atLine(line);
            return Lookup.item(r, object, at);
        }
    }

    /** The inside of {@code x[a:b:c]}; a part left out is None. */
    record Slice(Expr start, Expr stop, Expr step) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return new PySlice(r.eval(start), r.eval(stop), r.eval(step));
        }
    }

    record Call(Expr callee, ArgumentList arguments, int line) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return call(r, Scope.MISSING);
        }

        /** @param caller the block of a call statement, or {@link Scope#MISSING} */
        Object call(Rendering r, Object caller) {
            Object function = r.eval(callee);
            Arguments given = arguments.eval(r, caller);
            r.atLine(line);
            if (function instanceof Callable callable) {
                return callable.call(r, given);
            }
            if (function instanceof Undefined undefined) {
                throw undefined.failure();
            }
            throw ChatTemplateException.typeError("'" + Types.name(function) + "' object is not callable");
        }
    }

    /** A filter on a value; the target is null in a filter block, where the block's text comes instead. */
    record Filtered(Expr target, String name, Native filter, ArgumentList arguments, int line) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return apply(r, r.eval(target));
        }

        Object applyTo(Rendering r, Object text) {
            boolean nested = target instanceof Filtered;
            return apply(r, nested ? ((Filtered) target).applyTo(r, text) : text);
        }

        private Object apply(Rendering r, Object value) {
            r.atLine(line);
            if (filter == null) {
                throw ChatTemplateException.runtime(
                        "TemplateRuntimeError", "No filter named " + Repr.quote(name) + " found.");
            }
            return filter.call(r, value, arguments.eval(r, Scope.MISSING));
        }
    }

    record Tested(Expr target, String name, Native test, ArgumentList arguments, int line) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object value = r.eval(target);
            r.atLine(line);
            if (test == null) {
                throw ChatTemplateException.runtime(
                        "TemplateRuntimeError", "No test named " + Repr.quote(name) + " found.");
            }
            return test.call(r, value, arguments.eval(r, Scope.MISSING));
        }
    }

    record Not(Expr operand) implements Expr {
        @Override
        public Object eval(Rendering r) {
            return !Types.isTrue(r.eval(operand));
        }
    }

    record Signed(boolean negative, Expr operand) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object value = r.eval(operand);
            if (Numbers.isNumber(value)) {
                return negative ? Numbers.negate(value) : Numbers.add(0L, value);
            }
            if (value instanceof Undefined undefined) {
                throw undefined.failure();
            }
            throw ChatTemplateException.typeError(
                    "bad operand type for unary " + (negative ? "-" : "+") + ": '" + Types.name(value) + "'");
        }
    }

    /** Operators of one precedence in the order written: {@code first op[0] rest[0] op[1] rest[1] …}. */
    record Arithmetic(Expr first, List<Operator> operators, List<Expr> rest) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object value = r.eval(first);
            for (int i = 0; i < rest.size(); i++) {
                value = operators.get(i).apply(r, value, r.eval(rest.get(i)));
            }
            return value;
        }
    }

    record Concat(List<Expr> parts) implements Expr {
        @Override
        public Object eval(Rendering r) {
            StringBuilder text = new StringBuilder();
            for (Expr part : parts) {
                text.append(r.text(r.eval(part)));
                r.chargeText(text.length());
            }
            return text.toString();
        }
    }

    record Compared(Expr first, List<Relation> relations, List<Expr> rest) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object left = r.eval(first);
            for (int i = 0; i < rest.size(); i++) {
                Object right = r.eval(rest.get(i));
                if (!relations.get(i).holds(r, left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    /** {@code and} or {@code or}: the operand that decides. */
    record Logical(boolean and, List<Expr> operands) implements Expr {
        @Override
        public Object eval(Rendering r) {
            Object value = null;
            for (Expr operand : operands) {
                value = r.eval(operand);
                if (Types.isTrue(value) != and) {
                    return value;
                }
            }
            return value;
        }
    }

    /** An inline if; otherwise is null where there is no else. */
    record Conditional(Expr test, Expr then, Expr otherwise, int line) implements Expr {
        @Override
        public Object eval(Rendering r) {
            if (Types.isTrue(r.eval(test))) {
                return r.eval(then);
            }
            if (otherwise != null) {
                return r.eval(otherwise);
            }
            return Undefined.because("the inline if-expression on line " + line
                    + " evaluated to false and no else section was defined.");
        }
    }

    /** What stands between a call's parentheses. {@code more} and {@code moreNamed} are * and **, null where absent. */
    record ArgumentList(List<Expr> values, List<String> names, List<Expr> named, Expr more, Expr moreNamed) {
        static final ArgumentList NONE = new ArgumentList(List.of(), List.of(), List.of(), null, null);

        Arguments eval(Rendering r, Object caller) {
            if (values.isEmpty() && names.isEmpty() && more == null && moreNamed == null && caller == Scope.MISSING) {
                return Arguments.NONE;
            }
            List<Object> given = evalAll(r, values);
            List<Object> givenNamed = evalAll(r, named);
            List<String> givenNames = names;
            if (more != null) {
                given.addAll(Iterables.list(r, r.eval(more)));
            }
            if (moreNamed != null || caller != Scope.MISSING) {
                givenNames = new ArrayList<>(names);
            }
            if (caller != Scope.MISSING) {
                givenNames.add("caller");
                givenNamed.add(caller);
            }
            if (moreNamed != null) {
                addNamed(r.eval(moreNamed), givenNames, givenNamed);
            }
            return new Arguments(given, givenNames, givenNamed);
        }

        private static void addNamed(Object dict, List<String> names, List<Object> named) {
            if (!(dict instanceof Map<?, ?> entries)) {
                throw ChatTemplateException.typeError("argument after ** must be a mapping, not " + Types.name(dict));
            }
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (!(entry.getKey() instanceof String name)) {
                    throw ChatTemplateException.typeError("keywords must be strings");
                }
                if (names.contains(name)) {
                    throw ChatTemplateException.typeError("got multiple values for keyword argument '" + name + "'");
                }
                names.add(name);
                named.add(entry.getValue());
            }
        }
    }

    private static List<Object> evalAll(Rendering r, List<Expr> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            values.add(r.eval(expression));
        }
        return values;
    }
}
