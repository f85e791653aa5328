package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Picks one of several places by what each offers. A hardware WebGPU adapter whose plan fits wins; a software adapter
 * never wins by itself; without a good adapter the server wins where it offers the model; else the browser's CPU.
 *
 * <p>When a place fails at work, ask again with {@link PlaceOffer#failed} in its stead: the next one is the answer.
 */
public final class PlacementRule {
    private static final List<Place> ORDER = List.of(Place.BROWSER_GPU, Place.SERVER, Place.BROWSER_CPU);

    private PlacementRule() {}

    /** The rule's own choice. Places that are not among the offers are left out of account. */
    public static Placement choose(List<PlaceOffer> offers) {
        List<String> passedOver = new ArrayList<>();
        for (Place place : ORDER) {
            Optional<PlaceOffer> offer = find(offers, place);
            if (offer.isEmpty()) {
                continue;
            }
            if (offer.get().isUsable() && offer.get().hardware()) {
                return new Placement(offer, reason(offer.get(), passedOver), sorted(offers));
            }
            passedOver.add(because(offer.get()));
        }
        String nothing = "No place can run this model by itself"
                + (passedOver.isEmpty() ? "" : ": " + String.join("; ", passedOver)) + ".";
        return new Placement(Optional.empty(), nothing, sorted(offers));
    }

    /** The visitor's choice where it can run the model, a software adapter too; else the rule's own, saying why. */
    public static Placement choose(List<PlaceOffer> offers, Place asked) {
        Optional<PlaceOffer> offer = find(offers, asked);
        if (offer.isPresent() && offer.get().isUsable()) {
            String slow = offer.get().hardware() ? "" : ", although it is drawn by software and very slow";
            return new Placement(offer, "You chose " + asked.words() + slow + ".", sorted(offers));
        }
        Placement own = choose(offers);
        String trouble = offer.isPresent() ? offer.get().trouble() : "is not among the places here";
        return new Placement(
                own.chosen(), "You chose " + asked.words() + ", which " + trouble + ". " + own.reason(), own.offers());
    }

    private static Optional<PlaceOffer> find(List<PlaceOffer> offers, Place place) {
        for (PlaceOffer offer : offers) {
            if (offer.place() == place) {
                return Optional.of(offer);
            }
        }
        return Optional.empty();
    }

    private static List<PlaceOffer> sorted(List<PlaceOffer> offers) {
        List<PlaceOffer> sorted = new ArrayList<>();
        for (Place place : Place.values()) {
            find(offers, place).ifPresent(sorted::add);
        }
        return sorted;
    }

    private static String because(PlaceOffer offer) {
        return offer.place().words() + " "
                + (offer.isUsable() ? "is drawn by software and very slow" : offer.trouble());
    }

    private static String reason(PlaceOffer offer, List<String> passedOver) {
        String size = ByteSize.text(offer.plan().orElseThrow().totalBytes());
        String start = PlaceOffer.sentence("runs on " + offer.place().words() + " (" + size + ")");
        String words = start.substring(0, start.length() - 1);
        return passedOver.isEmpty()
                ? words + ", the fastest place here."
                : words + ", because " + String.join("; ", passedOver) + ".";
    }
}
