package samovar.chat;

/**
 * A chat template that cannot be compiled or rendered. {@link #reason()} is the message jinja2 gives for the same fault,
 * {@link #errorType()} the name of the exception class it raises there; {@link #getMessage()} adds template and line.
 */
public final class ChatTemplateException extends RuntimeException {
    /** Who is at fault, and when it shows. */
    public enum Kind {
        /** The source is not a template this interpreter reads; thrown by compile. */
        SYNTAX,
        /** An operation on values that do not support it, an undefined value used, an attribute that is forbidden. */
        RUNTIME,
        /** The template called raise_exception: it refuses this conversation, and the reason is its own text. */
        RAISED,
        /** The template ran too long, wrote too much or nested too deeply. */
        BUDGET
    }

    private final Kind kind;
    private final String errorType;
    private final String reason;
    private final String template;
    private final int line;

    private ChatTemplateException(Kind kind, String errorType, String reason, String template, int line) {
        super(line == 0 ? reason : "chat template " + template + ", line " + line + ": " + reason);
        this.kind = kind;
        this.errorType = errorType;
        this.reason = reason;
        this.template = template;
        this.line = line;
    }

    /** A fault whose place is not known yet: see {@link #at}. */
    static ChatTemplateException of(Kind kind, String errorType, String reason) {
        return new ChatTemplateException(kind, errorType, reason, "", 0);
    }

    static ChatTemplateException syntax(String reason, int line) {
        return new ChatTemplateException(Kind.SYNTAX, "TemplateSyntaxError", reason, "", line);
    }

    /** What jinja2 finds only when it compiles the tree: a filter that does not exist, for example. */
    static ChatTemplateException assertion(String reason, int line) {
        return new ChatTemplateException(Kind.SYNTAX, "TemplateAssertionError", reason, "", line);
    }

    static ChatTemplateException runtime(String errorType, String reason) {
        return of(Kind.RUNTIME, errorType, reason);
    }

    static ChatTemplateException typeError(String reason) {
        return runtime("TypeError", reason);
    }

    static ChatTemplateException valueError(String reason) {
        return runtime("ValueError", reason);
    }

    static ChatTemplateException budget(String reason) {
        return of(Kind.BUDGET, "BudgetError", reason);
    }

    /** The same fault with its place; a line that is known already stays. */
    ChatTemplateException at(String templateName, int atLine) {
        ChatTemplateException placed =
                new ChatTemplateException(kind, errorType, reason, templateName, line == 0 ? atLine : line);
        placed.setStackTrace(getStackTrace());
        return placed;
    }

    public Kind kind() {
        return kind;
    }

    /** The class jinja2 or Python raises for this fault, {@code UndefinedError} for example. */
    public String errorType() {
        return errorType;
    }

    /** The message without its place, in jinja2's words where it has one. */
    public String reason() {
        return reason;
    }

    /** The name given to {@link ChatTemplate#compile}. */
    public String template() {
        return template;
    }

    /** Line of the template source, counted from 1. */
    public int line() {
        return line;
    }
}
