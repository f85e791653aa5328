package samovar.client.ui;

import java.util.List;
import samovar.dtype.Device;
import samovar.dtype.DtypeSpec;
import samovar.platform.CancellationFlag;
import samovar.task.ChatBackend;

/**
 * The models that a visitor can choose from and the places where they run: this browser's GPU ({@link Device#WEBGPU}), this
 * browser's CPU ({@link Device#WASM}), the server ({@link Device#CPU}). All methods but {@link #close} may await; one is called at
 * a time.
 */
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
     * @throws samovar.task.TaskException UNKNOWN_MODEL or UNSUPPORTED_MODEL
     */
    ModelCard model(String modelId);

    /**
     * What a place would use for a model. No weights move. Whatever stands against it (no adapter, no such dtype, too large, server
     * away) is a reason in the answer, not an exception.
     */
    PlaceOffer offer(String modelId, DtypeSpec spec, Device place);

    /**
     * Makes a model ready to answer. The backend belongs to the caller, who closes it.
     *
     * @param offer one that is {@link PlaceOffer#isOpen open}
     * @param cancelled once set, loading ends soon with a {@link samovar.task.TaskException} of kind LOAD
     * @throws samovar.task.TaskException LOAD, RUN, BACKEND_LOST, with what to try
     */
    ChatBackend load(PlaceOffer offer, LoadListener listener, CancellationFlag cancelled);
}
