package samovar.chat;

/** A value that a template can call. */
interface Callable {
    Object call(Rendering rendering, Arguments arguments);

    /** Python's name for the value's type. */
    String type();

    /** An attribute of the value, or {@link Scope#MISSING}. */
    default Object attribute(String name) {
        return Scope.MISSING;
    }

    /** How Python prints it. */
    String printed();
}
