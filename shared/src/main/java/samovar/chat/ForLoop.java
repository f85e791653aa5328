package samovar.chat;

import java.util.Iterator;
import java.util.List;

/**
 * A for statement. The iterable is read where the loop stands, each turn has a scope of its own, and the filter
 * ({@code for x in xs if …}) is asked just before each turn, without {@code loop}.
 *
 * @param filter null where there is none
 */
record ForLoop(
        Stmt.Target target,
        Expr iterable,
        Expr filter,
        List<Stmt> body,
        List<Stmt> otherwise,
        boolean recursive,
        int line)
        implements Stmt {

    @Override
    public Signal exec(Rendering r) {
        r.atLine(line);
        return run(r, r.eval(iterable), 0);
    }

    /**
     * Goes through the elements. A break in the else part belongs to the loop around this one, and is given back.
     *
     * @param depth how many loops of this statement are around this one
     */
    Signal run(Rendering r, Object elements, int depth) {
        r.atLine(line);
        Iterator<?> iterator = Iterables.iterator(elements);
        int length = elements instanceof PyIterator ? -1 : Types.length(elements);
        Scope outer = r.scope();
        if (filter != null) {
            iterator = new Filtered(r, outer, iterator, elements);
            length = -1;
        }
        LoopState loop = new LoopState(iterator, length, depth, recursive ? new Recursion(this, outer) : null);
        boolean turned = false;
        while (loop.advance()) {
            Scope turn = outer.inner();
            r.enter(turn);
            r.atLine(line);
            r.charge(1);
            target.assign(r, loop.current());
            turn.set(Symbols.LOOP, loop);
            Signal signal = r.exec(body);
            r.enter(outer);
            if (signal == Signal.BREAK) {
                break;
            }
            // As in jinja2, a turn counts only when it came to its end.
            turned |= signal == Signal.NORMAL;
        }
        if (turned) {
            return Signal.NORMAL;
        }
        r.enter(outer.inner());
        Signal signal = r.exec(otherwise);
        r.enter(outer);
        return signal;
    }

    /** What {@code loop(children)} runs again, around the scope in which the statement stands. */
    record Recursion(ForLoop statement, Scope outer) {
        String render(Rendering r, Object elements, int depth) {
            return r.captureAgain(statement, outer, elements, depth);
        }
    }

    private final class Filtered extends PyIterator {
        private final Rendering r;
        private final Scope outer;
        private final Iterator<?> source;

        Filtered(Rendering r, Scope outer, Iterator<?> source, Object elements) {
            super(elements);
            this.r = r;
            this.outer = outer;
            this.source = source;
        }

        @Override
        Object advance() {
            while (source.hasNext()) {
                Object element = source.next();
                Scope before = r.enter(outer.inner());
                r.charge(1);
                target.assign(r, element);
                boolean passes = Types.isTrue(r.eval(filter));
                r.enter(before);
                if (passes) {
                    return element;
                }
            }
            return END;
        }
    }
}
