package samovar.client.ui;

import java.util.List;
import samovar.dtype.DtypePlan;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;

/**
 * What a visitor is told about one place for one model: what it would use, or why it can't.
 *
 * @param offer for {@link samovar.dtype.PlacementRule}: the plan, or the trouble in words
 * @param device what the place computes with, as its driver or its server names it; empty where not known
 * @param faults why there is no plan, each a whole sentence with what is allowed and what to try; empty where there is one
 * @param choices the dtypes that the model is published in, in {@link samovar.dtype.Dtype}'s order; empty where not known
 * @param cached whether all bytes of the plan lie in this browser already; true on the server
 */
public record PlaceCard(
        String modelId,
        PlaceOffer offer,
        String device,
        List<String> faults,
        List<DtypeChoice> choices,
        boolean cached) {
    public PlaceCard {
        faults = List.copyOf(faults);
        choices = List.copyOf(choices);
    }

    public Place place() {
        return offer.place();
    }

    public boolean isUsable() {
        return offer.isUsable();
    }

    /**
     * The weights that the place would use.
     *
     * @throws java.util.NoSuchElementException where it is not usable
     */
    public DtypePlan plan() {
        return offer.plan().orElseThrow();
    }

    /** Bytes that would still have to come over the network to this browser; 0 where not usable. */
    public long downloadBytes() {
        return cached || place() == Place.SERVER
                ? 0
                : offer.plan().map(DtypePlan::totalBytes).orElse(0L);
    }

    /** The same place after it failed at work, so that the rule picks another. */
    PlaceCard failed(String why) {
        return new PlaceCard(modelId, offer.failed(why), device, List.of(why), choices, cached);
    }
}
