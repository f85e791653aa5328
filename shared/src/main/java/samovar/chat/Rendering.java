package samovar.chat;

import java.util.List;

/**
 * One rendering under way: the text so far, the variables in sight, the line for errors and what is left of the budget.
 * Owned by a single call of render; not shared.
 */
final class Rendering {
    /** Every evaluated node and every touched element is a step; a long conversation takes some ten thousand. */
    private static final long MAX_STEPS = 10_000_000;
    /** Characters of one text, the output included. */
    private static final int MAX_TEXT = 16_000_000;
    /** Nested evaluations, each some three stack frames: far below the smallest stack, a browser worker's. */
    private static final int MAX_DEPTH = 500;
    /** Characters copied or searched that cost as much as one step. */
    private static final int CHARS_PER_STEP = 64;

    private final TemplateMoment moment;
    private StringBuilder out = new StringBuilder();
    private Scope scope;
    private int line = 1;
    private double steps;
    private int depth;

    Rendering(Scope outermost, TemplateMoment moment) {
        this.scope = outermost;
        this.moment = moment;
    }

    TemplateMoment moment() {
        return moment;
    }

    Scope scope() {
        return scope;
    }

    /** Puts another scope in sight and gives back the one before. */
    Scope enter(Scope inner) {
        Scope before = scope;
        scope = inner;
        return before;
    }

    int line() {
        return line;
    }

    void atLine(int number) {
        line = number;
    }

    void charge(double elements) {
        steps += elements;
        if (steps > MAX_STEPS) {
            throw ChatTemplateException.budget("the template ran longer than " + MAX_STEPS
                    + " steps; it loops too often, or the conversation is far too long");
        }
    }

    static void checkText(double length) {
        if (length > MAX_TEXT) {
            throw ChatTemplateException.budget("a text grew longer than " + MAX_TEXT + " characters");
        }
    }

    /** Python's str of a value: what printing it shows. */
    String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Undefined) {
            return "";
        }
        String text = Repr.of(value);
        charge(text.length());
        return text;
    }

    /** Pays for a text that is about to be made. */
    void chargeText(double length) {
        checkText(length);
        charge(length / CHARS_PER_STEP);
    }

    /** Pays for searching a text for a part, at its slowest. */
    void chargeSearch(String text, String part) {
        double places = Math.max(0, text.length() - part.length() + 1);
        charge(places * Math.max(1, part.length() / 4) / CHARS_PER_STEP);
    }

    Object eval(Expr expression) {
        descend();
        Object value = expression.eval(this);
        depth--;
        return value;
    }

    Signal exec(List<Stmt> statements) {
        descend();
        Signal signal = Signal.NORMAL;
        for (int i = 0; i < statements.size() && signal == Signal.NORMAL; i++) {
            charge(1);
            signal = statements.get(i).exec(this);
        }
        depth--;
        return signal;
    }

    /** One level deeper. Levels are left only by returning: a failure ends the whole rendering. */
    private void descend() {
        if (++depth > MAX_DEPTH) {
            throw ChatTemplateException.budget("the template nests deeper than " + MAX_DEPTH
                    + " levels; a macro that calls itself must come to an end");
        }
        charge(1);
    }

    void write(String text) {
        if (out.length() + text.length() > MAX_TEXT) {
            throw ChatTemplateException.budget("the output grew longer than " + MAX_TEXT + " characters");
        }
        charge(text.length() / (double) CHARS_PER_STEP);
        out.append(text);
    }

    /** What statements write, as a text of its own. */
    Captured capture(List<Stmt> statements, Scope inner) {
        StringBuilder outside = out;
        out = new StringBuilder();
        Scope before = enter(inner);
        Signal signal = exec(statements);
        enter(before);
        String text = out.toString();
        out = outside;
        return new Captured(text, signal);
    }

    /** What a loop writes that is called again by its own body. */
    String captureAgain(ForLoop loop, Scope around, Object elements, int loopDepth) {
        StringBuilder outside = out;
        out = new StringBuilder();
        Scope before = enter(around);
        descend();
        loop.run(this, elements, loopDepth);
        depth--;
        enter(before);
        String text = out.toString();
        out = outside;
        return text;
    }

    record Captured(String text, Signal signal) {}

    String output() {
        return out.toString();
    }
}
