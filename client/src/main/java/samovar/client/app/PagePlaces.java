package samovar.client.app;

import java.util.List;
import java.util.Optional;
import samovar.client.ui.LoadListener;
import samovar.client.ui.LoadProgress;
import samovar.client.ui.ModelCard;
import samovar.client.ui.ModelPlaces;
import samovar.client.ui.ModelSheet;
import samovar.client.ui.PlaceCard;
import samovar.client.ui.Stored;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadEvent;
import samovar.task.CaptionBackend;
import samovar.task.ChatBackend;

/** This browser's two places and the server, as the page sees them. */
final class PagePlaces implements ModelPlaces {
    private final ModelShelf shelf;
    private final BrowserSide browser;
    private final ServerSide server;

    PagePlaces(ModelShelf shelf, BrowserSide browser, ServerSide server) {
        this.shelf = shelf;
        this.browser = browser;
        this.server = server;
    }

    @Override
    public List<ModelCard> models() {
        return shelf.models();
    }

    @Override
    public ModelCard model(String modelId) {
        return shelf.model(modelId);
    }

    @Override
    public ModelSheet look(String modelId) {
        return shelf.look(modelId);
    }

    @Override
    public List<ModelCard> pictureModels() {
        return shelf.pictureModels();
    }

    @Override
    public Optional<ModelCard> pictureOffer() {
        return shelf.pictureOffer();
    }

    @Override
    public ModelCard pictureModel(String modelId) {
        return shelf.pictureModel(modelId);
    }

    @Override
    public PlaceCard survey(String modelId, DtypeSpec spec, Place place) {
        return place == Place.SERVER
                ? server.survey(modelId, spec)
                : browser.survey(shelf.describe(modelId), modelId, spec, place);
    }

    @Override
    public boolean serverIsAway() {
        return server.isAway();
    }

    @Override
    public Stored stored() {
        return browser.stored();
    }

    @Override
    public void deleteStored(List<String> keys) {
        browser.delete(keys);
    }

    @Override
    public ChatBackend load(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        samovar.runtime.LoadListener told = event -> listener.on(progress(event));
        if (card.place() != Place.SERVER) {
            return browser.load(card, told, cancelled);
        }
        browser.rest();
        return server.load(card, told, cancelled);
    }

    @Override
    public CaptionBackend loadCaptions(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        samovar.runtime.LoadListener told = event -> listener.on(progress(event));
        if (card.place() != Place.SERVER) {
            return browser.loadCaptions(card, told, cancelled);
        }
        browser.rest();
        return server.loadCaptions(card, told, cancelled);
    }

    private static LoadProgress progress(LoadEvent event) {
        return new LoadProgress(phase(event.phase()), event.loadedBytes(), event.totalBytes(), event.fromCache());
    }

    private static LoadProgress.Phase phase(LoadEvent.Phase phase) {
        return switch (phase) {
            case LISTING -> LoadProgress.Phase.LISTING;
            case DOWNLOADING -> LoadProgress.Phase.DOWNLOADING;
            case VERIFYING -> LoadProgress.Phase.VERIFYING;
            case COMPILING -> LoadProgress.Phase.COMPILING;
            case WARMING -> LoadProgress.Phase.WARMING;
            case READY -> LoadProgress.Phase.READY;
        };
    }
}
