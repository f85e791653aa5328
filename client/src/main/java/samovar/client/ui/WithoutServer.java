package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.dtype.Place;

/** Where the server is away and the weights that are wanted are not here: what this browser keeps is offered, not a download that can't come. */
final class WithoutServer {
    private final ModelPlaces places;
    private final PlaceFinder finder;

    WithoutServer(ModelPlaces places, PlaceFinder finder) {
        this.places = places;
        this.finder = finder;
    }

    /**
     * Awaits.
     *
     * @param again what to try when the server may be back
     */
    void show(String wanted, Stored stored, Job again) {
        List<StageView.Action> actions = new ArrayList<>();
        for (ModelCard model : finder.models()) {
            dtype(model.id(), stored)
                    .ifPresent(dtype -> actions.add(finder.action(
                            "Use " + model.name() + ", which is kept here", () -> finder.useKept(model, dtype))));
        }
        actions.add(finder.action("Try again", again));
        finder.stage()
                .fault(
                        "The server can't be reached",
                        "Nothing can be fetched without it, and this browser does not keep the weights of " + wanted
                                + " that it would use.",
                        List.of(),
                        actions);
    }

    /** In which a model runs without a download, the automatic choice first. */
    private Optional<String> dtype(String modelId, Stored stored) {
        List<String> dtypes = new ArrayList<>();
        for (StoredWeights weights : stored.weights()) {
            if (weights.modelId().equals(modelId) && weights.whole()) {
                dtypes.add(weights.dtype());
            }
        }
        if (!dtypes.isEmpty()) {
            dtypes.add(0, Selection.AUTO);
        }
        for (String dtype : dtypes) {
            PlaceCard card = places.survey(modelId, DtypeText.parse(dtype), Place.BROWSER_CPU);
            if (card.isUsable() && card.downloadBytes() == 0) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }
}
