package samovar.client.ui;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;
import samovar.dtype.Placement;
import samovar.dtype.PlacementRule;

/** What the visitor has chosen, what the places offer for it, and which place follows from both. */
final class Selection {
    static final String AUTO = "auto";

    private final Map<Place, PlaceCard> cards = new EnumMap<>(Place.class);
    private ModelCard model;
    private String dtype = AUTO;
    private Place asked;

    ModelCard model() {
        return model;
    }

    /** Chooses a model; what places said of another one is forgotten. */
    void choose(ModelCard card) {
        model = card;
        cards.clear();
    }

    /** The dtype as the visitor wrote it, {@link #AUTO} where none was. */
    String dtype() {
        return dtype;
    }

    void chooseDtype(String name) {
        dtype = name.isEmpty() ? AUTO : name;
        cards.clear();
    }

    DtypeSpec spec() {
        return DtypeText.parse(dtype);
    }

    /** What is asked where one module shall have a dtype, or {@link #AUTO}, and the others what they have. */
    DtypeSpec withModule(String module, String label) {
        DtypeSpec now = spec();
        Map<String, String> dtypes = new LinkedHashMap<>();
        for (ModuleChoices each : modules()) {
            String asked = each.module().equals(module) ? label : now.asked(each.module());
            if (!asked.equals(AUTO)) {
                dtypes.put(each.module(), asked);
            }
        }
        return dtypes.isEmpty() ? DtypeSpec.AUTO : DtypeSpec.of(dtypes);
    }

    private List<ModuleChoices> modules() {
        for (PlaceCard card : cards.values()) {
            if (!card.modules().isEmpty()) {
                return card.modules();
            }
        }
        return List.of();
    }

    /**
     * Weights that would run in the place that the visitor wants, where those asked for don't. Only for a model of several modules: of
     * a single one, what was asked says more than where.
     */
    Optional<DtypeSpec> nearest() {
        PlaceCard card = asked == null ? null : cards.get(asked);
        return card == null || card.isUsable() || card.modules().size() < 2 ? Optional.empty() : card.nearest(spec());
    }

    /** The place that the visitor wants; null where the rule shall choose. */
    Place asked() {
        return asked;
    }

    void ask(Place place) {
        asked = place;
    }

    void put(PlaceCard card) {
        cards.put(card.place(), card);
    }

    /** What a place said; null before it was asked. */
    PlaceCard card(Place place) {
        return cards.get(place);
    }

    /** A place has failed at work: it is out until it is asked again. */
    void fail(Place place, String why) {
        cards.computeIfPresent(place, (same, card) -> card.failed(why));
        if (asked == place) {
            asked = null;
        }
    }

    boolean isUsable(Place place) {
        return cards.containsKey(place) && cards.get(place).isUsable();
    }

    /** The place that follows, with the reason in words. */
    Placement placement() {
        List<PlaceOffer> offers = new ArrayList<>();
        for (PlaceCard card : cards.values()) {
            offers.add(card.offer());
        }
        return asked == null ? PlacementRule.choose(offers) : PlacementRule.choose(offers, asked);
    }

    /**
     * Why no place can do what is asked, each reason once. A place that is not there at all says so only where no other has a
     * reason: what it lacks is not what was asked wrongly.
     */
    List<String> faults() {
        Set<String> faults = new LinkedHashSet<>();
        for (PlaceCard card : cards.values()) {
            if (!card.choices().isEmpty()) {
                faults.addAll(card.faults());
            }
        }
        if (faults.isEmpty()) {
            for (PlaceCard card : cards.values()) {
                faults.addAll(card.faults());
            }
        }
        return new ArrayList<>(faults);
    }
}
