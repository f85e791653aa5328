package samovar.chat;

/** A native method taken from its object, or a native function. */
record BoundNative(String type, String name, Object self, Native body) implements Callable {

    static BoundNative method(String name, Object self, Native body) {
        return new BoundNative("builtin_function_or_method", name, self, body);
    }

    static BoundNative function(String name, Native body) {
        return new BoundNative("function", name, null, body);
    }

    @Override
    public Object call(Rendering rendering, Arguments arguments) {
        return body.call(rendering, self, arguments);
    }

    @Override
    public String printed() {
        return self == null
                ? "<function " + name + ">"
                : "<built-in method " + name + " of " + Types.name(self) + " object>";
    }
}
