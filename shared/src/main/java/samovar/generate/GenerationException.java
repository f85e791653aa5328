package samovar.generate;

/** A setting outside its range, or settings that contradict each other. {@link #field()} names it in the Hub's words. */
public final class GenerationException extends RuntimeException {
    private final String field;

    /**
     * @param field the setting, {@code top_p} for example
     * @param problem what is allowed and what was given
     */
    public GenerationException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
    }

    /** The setting at fault as {@code generation_config.json} and the API call it, {@code max_new_tokens} for example. */
    public String field() {
        return field;
    }
}
