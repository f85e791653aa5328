package samovar.chat;

/** A method, filter, test or function written in Java. */
@FunctionalInterface
interface Native {
    /**
     * Does its work.
     *
     * @param self the object of a method, the piped value of a filter or test, null for a function
     */
    Object call(Rendering rendering, Object self, Arguments arguments);
}
