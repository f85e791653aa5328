package samovar.tokenizer;

/** A {@code tokenizer.json} that asks for something this room does not do, or that contradicts itself; or an id outside its range. */
public final class TokenizerException extends RuntimeException {
    private final String part;
    private final String path;

    /**
     * @param part what was asked, for example {@code normalizer "Precompiled"}
     * @param path where it stands, as {@link samovar.json.Json#path()} gives it
     * @param problem what is wrong and what is supported instead
     */
    public TokenizerException(String part, String path, String problem) {
        super(path + ": " + part + ": " + problem);
        this.part = part;
        this.path = path;
    }

    public String part() {
        return part;
    }

    public String path() {
        return path;
    }
}
