package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.dtype.Place;

/**
 * What an address asks of the page: {@code ?model=org/name&place=gpu|cpu|server&dtype=q4}. Every part may be missing; then the page
 * chooses. {@code place} is also read as {@link Place} names it, {@code dtype} as {@link DtypeText} says.
 *
 * @param model empty where not asked
 * @param place as it was written, perhaps no place at all; empty where not asked
 * @param dtype as it was written; empty where not asked
 */
public record PageLink(String model, String place, String dtype) {
    private static final String[] PLACES = {"gpu", "cpu", "server"};

    /** Takes decoded values by name. */
    public interface Query {
        /** The value of this parameter, decoded; null where it is missing. */
        String value(String name);
    }

    /** What the page's own address asks. */
    public static PageLink here() {
        return of(Dom::query);
    }

    /** Reads a query. */
    public static PageLink of(Query query) {
        return new PageLink(value(query, "model"), value(query, "place"), value(query, "dtype"));
    }

    private static String value(Query query, String name) {
        String value = query.value(name);
        return value == null ? "" : value.trim();
    }

    /** The place asked for; empty where none was, or none that exists. */
    public Optional<Place> findPlace() {
        for (Place known : Place.values()) {
            if (place.equals(word(known)) || place.equals(known.label())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the place, a sentence; empty where nothing is. */
    public String placeFault() {
        return place.isEmpty() || findPlace().isPresent()
                ? ""
                : "The address asks for the place \"" + place + "\"; there are " + String.join(", ", PLACES) + ".";
    }

    /** The query of an address that asks for this, {@code ?} included; empty where nothing is asked. */
    public String query() {
        List<String> parts = new ArrayList<>();
        add(parts, "model", model);
        add(parts, "place", place);
        add(parts, "dtype", dtype);
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + value);
        }
    }

    /** The place as addresses name it. */
    static String word(Place place) {
        return switch (place) {
            case BROWSER_GPU -> PLACES[0];
            case BROWSER_CPU -> PLACES[1];
            case SERVER -> PLACES[2];
        };
    }
}
