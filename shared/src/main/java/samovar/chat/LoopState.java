package samovar.chat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The {@code loop} of a for: where it stands, what is before and after. It looks ahead only when asked. */
final class LoopState implements Callable {
    private final int depth;
    private final ForLoop.Recursion recursion;
    private Iterator<?> iterator;
    private int length;
    private int index0 = -1;
    private Object before = Scope.MISSING;
    private Object current = Scope.MISSING;
    private Object ahead = Scope.MISSING;
    private List<Object> lastChanged;

    /** @param length the number of elements, or -1 where only going through them tells */
    LoopState(Iterator<?> iterator, int length, int depth, ForLoop.Recursion recursion) {
        this.iterator = iterator;
        this.length = length;
        this.depth = depth;
        this.recursion = recursion;
    }

    boolean advance() {
        if (peek() == Scope.MISSING) {
            return false;
        }
        before = current;
        current = ahead;
        ahead = Scope.MISSING;
        index0++;
        return true;
    }

    /** The element after the current one, or {@link Scope#MISSING}. */
    private Object peek() {
        if (ahead == Scope.MISSING && iterator.hasNext()) {
            ahead = iterator.next();
        }
        return ahead;
    }

    Object current() {
        return current;
    }

    int length() {
        if (length < 0) {
            List<Object> rest = new ArrayList<>();
            iterator.forEachRemaining(rest::add);
            iterator = rest.iterator();
            length = index0 + 1 + rest.size() + (ahead == Scope.MISSING ? 0 : 1);
        }
        return length;
    }

    @Override
    public String type() {
        return "LoopContext";
    }

    @Override
    public String printed() {
        return "<LoopContext " + (index0 + 1) + "/" + length() + ">";
    }

    @Override
    public Object call(Rendering r, Arguments arguments) {
        if (recursion == null) {
            throw ChatTemplateException.typeError(
                    "The loop must have the 'recursive' marker to be called recursively.");
        }
        Object[] given = arguments.require(1, "loop", "iterable");
        return recursion.render(r, given[0], depth + 1);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "index" -> index0 + 1L;
            case "index0" -> (long) index0;
            case "first" -> index0 == 0;
            case "last" -> peek() == Scope.MISSING;
            case "length" -> (long) length();
            case "revindex" -> (long) length() - index0;
            case "revindex0" -> (long) length() - index0 - 1;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> before == Scope.MISSING ? Undefined.because("there is no previous item") : before;
            case "nextitem" -> peek() == Scope.MISSING ? Undefined.because("there is no next item") : ahead;
            case "cycle" -> BoundNative.method("cycle", this, (r, self, a) -> cycle(a));
            case "changed" -> BoundNative.method("changed", this, (r, self, a) -> changed(r, a));
            default -> Scope.MISSING;
        };
    }

    private Object cycle(Arguments arguments) {
        if (arguments.count() == 0) {
            throw ChatTemplateException.typeError("no items for cycling given");
        }
        return arguments.get(index0 % arguments.count());
    }

    private Object changed(Rendering r, Arguments arguments) {
        boolean changed = lastChanged == null || !Comparison.equal(r, lastChanged, arguments.values());
        lastChanged = arguments.values();
        return changed;
    }
}
