package samovar.dtype;

import java.util.List;
import java.util.Optional;

/**
 * The place picked for a model, and why.
 *
 * @param chosen empty where no place can run the model by itself
 * @param reason a sentence for the visitor
 * @param offers all places with their plans and remarks, in the order of {@link Place}
 */
public record Placement(Optional<PlaceOffer> chosen, String reason, List<PlaceOffer> offers) {
    public Placement {
        offers = List.copyOf(offers);
    }

    public Optional<Place> place() {
        return chosen.map(PlaceOffer::place);
    }

    public Optional<DtypePlan> plan() {
        return chosen.flatMap(PlaceOffer::plan);
    }
}
