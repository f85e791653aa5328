package samovar.client.ui;

import java.util.List;
import java.util.Optional;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionBackend;
import samovar.task.ChatBackend;

/** The models that a visitor can choose from and the places where they run. All methods may await; one is called at a time. */
public interface ModelPlaces {
    /**
     * The models that the server has ready, the one to begin with first.
     *
     * @throws samovar.task.TaskException BACKEND_LOST if the server can't be reached and nothing is known without it
     */
    List<ModelCard> models();

    /**
     * One model by its id, also one that {@link #models} leaves out but the Hub has.
     *
     * @throws samovar.task.TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE, UNSUPPORTED_MODEL or LOAD
     */
    ModelCard model(String modelId);

    /**
     * What any model of the Hub is, also one that no page can use. Nothing but listings and short texts is fetched.
     *
     * @throws samovar.task.TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE or LOAD
     */
    ModelSheet look(String modelId);

    /**
     * The models for pictures that the server has ready, the one to begin with first. What they can be asked is told by {@link
     * #pictureModel}.
     *
     * @throws samovar.task.TaskException BACKEND_LOST if the server can't be reached and nothing is known without it
     */
    List<ModelCard> pictureModels();

    /**
     * The model for pictures to be offered first where a Hub answers, with its size. Nothing of it is loaded before the visitor
     * says so. Empty where no Hub answers, or where {@link #pictureModels} has it already. May take as long as the Hub does.
     */
    Optional<ModelCard> pictureOffer();

    /**
     * One model for pictures by its id, with its tasks, also one that only the Hub has.
     *
     * @throws samovar.task.TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE, UNSUPPORTED_MODEL or LOAD
     */
    ModelCard pictureModel(String modelId);

    /**
     * What a place would use for a model. No weights move. Whatever stands against it (no adapter, no such dtype, too large, server
     * away) is told in the card, not thrown. A software adapter is a usable offer that is not {@code hardware}.
     */
    PlaceCard survey(String modelId, DtypeSpec spec, Place place);

    /** Whether the last {@link #survey} of the server found nobody there: then nothing can be downloaded either. */
    boolean serverIsAway();

    /** What this browser keeps of models. */
    Stored stored();

    /** Deletes what is kept under these keys; what another tab downloads just now stays. */
    void deleteStored(List<String> keys);

    /**
     * Makes a model for pictures ready. The backend belongs to the caller, who closes it.
     *
     * @param card one that is {@link PlaceCard#isUsable usable}
     * @param cancelled once raised, loading ends soon with a {@link samovar.task.TaskException} of kind LOAD
     * @throws samovar.task.TaskException LOAD, RUN, BACKEND_LOST, with what to try
     */
    CaptionBackend loadCaptions(PlaceCard card, LoadListener listener, CancellationFlag cancelled);

    /**
     * Makes a model ready to answer. The backend belongs to the caller, who closes it.
     *
     * @param card one that is {@link PlaceCard#isUsable usable}
     * @param cancelled once raised, loading ends soon with a {@link samovar.task.TaskException} of kind LOAD
     * @throws samovar.task.TaskException LOAD, RUN, BACKEND_LOST, with what to try
     */
    ChatBackend load(PlaceCard card, LoadListener listener, CancellationFlag cancelled);
}
