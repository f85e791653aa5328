package samovar.chat;

/**
 * The value of a name, attribute or item that is not there. It prints as nothing, is false, empty and equal to its like;
 * every other use fails with the reason it keeps.
 */
final class Undefined {
    private static final Object NO_OWNER = new Object();

    private final Object owner;
    private final Object name;
    private final String hint;
    private final String errorType;

    private Undefined(Object owner, Object name, String hint, String errorType) {
        this.owner = owner;
        this.name = name;
        this.hint = hint;
        this.errorType = errorType;
    }

    static Undefined name(String name) {
        return new Undefined(NO_OWNER, name, null, "UndefinedError");
    }

    /** What is missing in {@code owner}: an attribute where the key is a text, else an element. */
    static Undefined in(Object owner, Object key) {
        return new Undefined(owner, key, null, "UndefinedError");
    }

    static Undefined because(String hint) {
        return new Undefined(NO_OWNER, "", hint, "UndefinedError");
    }

    static Undefined forbidden(Object owner, String attribute) {
        String reason = "access to attribute " + Repr.quote(attribute) + " of " + Repr.quote(Types.name(owner))
                + " object is unsafe.";
        return new Undefined(NO_OWNER, attribute, reason, "SecurityError");
    }

    /** The failure of using it, to be thrown by the caller. */
    ChatTemplateException failure() {
        return ChatTemplateException.runtime(errorType, reason());
    }

    private String reason() {
        if (hint != null) {
            return hint;
        }
        if (owner == NO_OWNER) {
            return Repr.of(name) + " is undefined";
        }
        if (name instanceof String) {
            return Repr.quote(Types.described(owner)) + " has no attribute " + Repr.of(name);
        }
        return Types.described(owner) + " has no element " + Repr.of(name);
    }
}
