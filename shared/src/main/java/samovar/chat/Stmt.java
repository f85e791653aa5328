package samovar.chat;

import java.util.List;
import java.util.Map;

/** A statement of a template, which carries itself out. */
sealed interface Stmt
        permits Stmt.Data,
                Stmt.Print,
                Stmt.If,
                Stmt.Set,
                Stmt.SetBlock,
                Stmt.With,
                Stmt.FilterBlock,
                Stmt.Scoped,
                Stmt.MacroDefinition,
                Stmt.CallBlock,
                Stmt.Control,
                ForLoop {
    Signal exec(Rendering r);

    record Data(String text) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.write(text);
            return Signal.NORMAL;
        }
    }

    record Print(Expr value, int line) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.atLine(line);
            r.write(r.text(r.eval(value)));
            return Signal.NORMAL;
        }
    }

    /** if, elif and else: the body of the first test that is true. */
    record If(List<Expr> tests, List<List<Stmt>> bodies, List<Stmt> otherwise, List<Integer> lines) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            for (int i = 0; i < tests.size(); i++) {
                r.atLine(lines.get(i));
                if (Types.isTrue(r.eval(tests.get(i)))) {
                    return r.exec(bodies.get(i));
                }
            }
            return r.exec(otherwise);
        }
    }

    record Set(Target target, Expr value, int line) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.atLine(line);
            Object result = r.eval(value);
            r.atLine(line);
            target.assign(r, result);
            return Signal.NORMAL;
        }
    }

    /** A variable set to what a block writes; the filter is null where the text is taken as it is. */
    record SetBlock(Target target, Expr.Filtered filter, List<Stmt> body, int line) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.atLine(line);
            Rendering.Captured captured = r.capture(body, r.scope().inner());
            if (captured.signal() == Signal.NORMAL) {
                target.assign(r, filter == null ? captured.text() : filter.applyTo(r, captured.text()));
            }
            return captured.signal();
        }
    }

    record With(List<Target> targets, List<Expr> values, List<Stmt> body, int line) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.atLine(line);
            Scope inner = r.scope().inner();
            for (int i = 0; i < values.size(); i++) {
                Object value = r.eval(values.get(i));
                Scope outer = r.enter(inner);
                targets.get(i).assign(r, value);
                r.enter(outer);
            }
            Scope outer = r.enter(inner);
            Signal signal = r.exec(body);
            r.enter(outer);
            return signal;
        }
    }

    record FilterBlock(Expr.Filtered filter, List<Stmt> body, int line) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.atLine(line);
            Rendering.Captured captured = r.capture(body, r.scope().inner());
            if (captured.signal() == Signal.NORMAL) {
                Object filtered = filter.applyTo(r, captured.text());
                if (!(filtered instanceof String text)) {
                    throw ChatTemplateException.typeError(
                            "sequence item 0: expected str instance, " + Types.name(filtered) + " found");
                }
                r.write(text);
            }
            return captured.signal();
        }
    }

    /** A block whose variables stay inside: generation, which only marks the assistant's words. */
    record Scoped(List<Stmt> body) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            Scope outer = r.enter(r.scope().inner());
            Signal signal = r.exec(body);
            r.enter(outer);
            return signal;
        }
    }

    record MacroDefinition(Macro.Code code, int id) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.scope().set(id, new Macro(code, r.scope()));
            return Signal.NORMAL;
        }
    }

    record CallBlock(Expr.Call call, Macro.Code caller, int line) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            r.atLine(line);
            r.write(r.text(call.call(r, new Macro(caller, r.scope()))));
            return Signal.NORMAL;
        }
    }

    /** break or continue. */
    record Control(Signal signal) implements Stmt {
        @Override
        public Signal exec(Rendering r) {
            return signal;
        }
    }

    /** What can stand before the sign of an assignment. */
    sealed interface Target {
        void assign(Rendering r, Object value);
    }

    record NameTarget(int id) implements Target {
        @Override
        public void assign(Rendering r, Object value) {
            r.scope().set(id, value);
        }
    }

    record NamespaceTarget(Expr.Name namespace, String attribute) implements Target {
        @Override
        public void assign(Rendering r, Object value) {
            Object object = r.eval(namespace);
            if (!(object instanceof Namespace space)) {
                throw ChatTemplateException.runtime(
                        "TemplateRuntimeError", "cannot assign attribute on non-namespace object");
            }
            Map<Object, Object> attributes = space.attributes();
            attributes.put(attribute, value);
        }
    }

    record TupleTarget(List<Target> targets) implements Target {
        @Override
        public void assign(Rendering r, Object value) {
            if (!Iterables.isIterable(value)) {
                throw ChatTemplateException.typeError("cannot unpack non-iterable " + Types.name(value) + " object");
            }
            List<?> values = Iterables.sequence(value);
            if (values.size() > targets.size()) {
                throw ChatTemplateException.valueError("too many values to unpack (expected " + targets.size() + ")");
            }
            if (values.size() < targets.size()) {
                throw ChatTemplateException.valueError(
                        "not enough values to unpack (expected " + targets.size() + ", got " + values.size() + ")");
            }
            for (int i = 0; i < values.size(); i++) {
                targets.get(i).assign(r, values.get(i));
            }
        }
    }
}
