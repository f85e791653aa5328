package samovar.dtype;

import java.util.Optional;

/** Where a model can run, as a visitor of the page sees it; in the order in which the page lists them. */
public enum Place {
    BROWSER_GPU("browser-gpu", "this browser's GPU"),
    BROWSER_CPU("browser-cpu", "this browser's CPU"),
    SERVER("server", "the server");

    private final String label;
    private final String words;

    Place(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** The name for settings and addresses, for example {@code browser-gpu}. */
    public String label() {
        return label;
    }

    /** The name inside a sentence, for example {@code this browser's GPU}. */
    public String words() {
        return words;
    }

    /** The place of this label. */
    public static Optional<Place> find(String label) {
        for (Place place : values()) {
            if (place.label.equals(label)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }
}
