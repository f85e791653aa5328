package samovar.client.ui;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;

/**
 * What a visitor is told about one place for one model: what it would use, or why it can't.
 *
 * @param offer for {@link samovar.dtype.PlacementRule}: the plan, or the trouble in words
 * @param device what the place computes with, as its driver or its server names it; empty where not known
 * @param faults why there is no plan, each a whole sentence with what is allowed and what to try; empty where there is one
 * @param choices the dtypes that all modules are published in, in {@link samovar.dtype.Dtype}'s order; empty where not known
 * @param modules the dtypes that each module is published in, in the order in which modules run; empty where not known
 * @param cached whether all bytes of the plan lie in this browser already; true on the server
 */
public record PlaceCard(
        String modelId,
        PlaceOffer offer,
        String device,
        List<String> faults,
        List<DtypeChoice> choices,
        List<ModuleChoices> modules,
        boolean cached) {
    public PlaceCard {
        faults = List.copyOf(faults);
        choices = List.copyOf(choices);
        modules = List.copyOf(modules);
    }

    /** A place without a plan, whose modules are not known either. */
    public static PlaceCard unknown(String modelId, PlaceOffer offer, String fault) {
        return new PlaceCard(modelId, offer, "", List.of(fault), List.of(), List.of(), false);
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
        return new PlaceCard(modelId, offer.failed(why), device, List.of(why), choices, modules, cached);
    }

    /**
     * What comes nearest to a request that this place refuses: what it asks for where that runs, and the place's own choice for
     * all other modules. Empty where a module runs in no dtype, where nothing is known of the modules, or where that is the request itself.
     */
    public Optional<DtypeSpec> nearest(DtypeSpec asked) {
        Map<String, String> kept = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(asked.perModule().keySet());
        boolean changed = false;
        for (ModuleChoices module : modules) {
            unknown.remove(module.module());
            String dtype = asked.asked(module.module());
            if (module.runs(dtype)) {
                kept.put(module.module(), dtype);
            } else if (!module.hasRunning()) {
                return Optional.empty();
            } else {
                changed |= !dtype.equals(DtypeSpec.AUTO.all());
            }
        }
        return !modules.isEmpty() && (changed || !unknown.isEmpty())
                ? Optional.of(DtypeSpec.of(kept))
                : Optional.empty();
    }
}
