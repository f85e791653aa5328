package samovar.client.ui;

import java.util.List;
import samovar.dtype.Place;
import samovar.platform.CancellationFlag;

/** A page that wants a model, as {@link PlaceFinder} sees it. Its methods may await, {@link #stop} excepted. */
interface ModelPage {
    /** What models it is for. */
    ModelSheet.Kind kind();

    /** The models that this page can use. */
    List<ModelCard> models();

    /** One of them or any other, by its id. */
    ModelCard model(String id);

    /** The one to begin with, of at least one. */
    ModelCard first(List<ModelCard> models);

    /** Shows what is particular to a model that was just chosen. */
    void chosen(ModelCard model);

    /** It will run there; null where nowhere. */
    void goesTo(Place place);

    /** Makes a model ready; the page keeps and uses what comes of it. */
    void load(PlaceCard card, LoadListener listener, CancellationFlag cancelled);

    boolean isReady();

    /** Closes what {@link #load} made ready, if anything. */
    void leave();

    /** Goes on with what waits for a model, if anything. */
    void work();

    /** What broke off shall be done once more. */
    void reopen();

    /** Puts an end to what is running, soon. */
    void stop();
}
