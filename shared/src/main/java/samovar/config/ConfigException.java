package samovar.config;

import java.util.List;

/** A config.json that describes no model known here, or lacks what its reader needs. */
public final class ConfigException extends RuntimeException {
    private final String asked;
    private final List<String> allowed;

    public ConfigException(String asked, List<String> allowed, String message) {
        super(message);
        this.asked = asked;
        this.allowed = List.copyOf(allowed);
    }

    /** The model type, architecture or key that could not be used. */
    public String asked() {
        return asked;
    }

    /** What would have been accepted in its place. */
    public List<String> allowed() {
        return allowed;
    }
}
