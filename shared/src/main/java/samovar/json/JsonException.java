package samovar.json;

/** Text that is not JSON, or JSON that does not have the shape its reader needs. The message names the source and the path. */
public final class JsonException extends RuntimeException {
    private final String path;

    public JsonException(String path, String problem) {
        super(path + ": " + problem);
        this.path = path;
    }

    /** Where the fault lies, as {@code source: $.key[index]}. */
    public String path() {
        return path;
    }
}
