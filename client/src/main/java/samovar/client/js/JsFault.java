package samovar.client.js;

/** A promise was rejected. The name is that of the JavaScript error, {@code AbortError} or {@code TypeError} for example. */
public final class JsFault extends RuntimeException {
    private final String name;

    public JsFault(String name, String message) {
        super(message);
        this.name = name;
    }

    /** The error's name, {@code Error} where it has none. */
    public String name() {
        return name;
    }
}
