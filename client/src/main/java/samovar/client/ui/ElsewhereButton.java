package samovar.client.ui;

import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.dtype.ByteSize;
import samovar.dtype.Place;

/** The one button beside the reason for the place: from the server into this browser, with a model that starts anywhere, and back. */
final class ElsewhereButton {
    /** Takes a job; must not await. */
    interface Asker {
        void ask(Job job);
    }

    /** Goes to a model in a place; may await. */
    interface Goer {
        void goTo(ModelCard model, Place place);
    }

    private final HTMLElement button = Dom.byId("elsewhere");
    private final Goer goer;
    private ModelCard model;
    private Place place;

    ElsewhereButton(Asker asker, Goer goer) {
        this.goer = goer;
        Dom.onClick(button, () -> asker.ask(this::go));
    }

    private void go() {
        goer.goTo(model, place);
    }

    void hide() {
        button.setHidden(true);
    }

    /**
     * Offers the other side, where there is one.
     *
     * @param now where the chosen model runs
     */
    void show(Selection selection, Place now, List<ModelCard> models) {
        ModelCard tiny = tiny(models);
        if (now == Place.SERVER && tiny != null) {
            boolean same = tiny.id().equals(selection.model().id()) && selection.isUsable(Place.BROWSER_CPU);
            long bytes = same ? selection.card(Place.BROWSER_CPU).plan().totalBytes() : tiny.sizeBytes();
            String size = bytes > 0 ? ", " + ByteSize.text(bytes) : "";
            offer("Run it in this browser instead (" + tiny.name() + size + ")", tiny, Place.BROWSER_CPU);
        } else if (now != Place.SERVER && selection.isUsable(Place.SERVER)) {
            boolean isToy = selection.model().name().equals(Starters.TINY);
            offer("Use the server instead", isToy ? models.get(0) : selection.model(), Place.SERVER);
        } else {
            hide();
        }
    }

    private void offer(String words, ModelCard wantedModel, Place wantedPlace) {
        model = wantedModel;
        place = wantedPlace;
        Dom.text(button, words);
        button.setHidden(false);
    }

    private static ModelCard tiny(List<ModelCard> models) {
        for (ModelCard card : models) {
            if (Starters.startsAnywhere(card)) {
                return card;
            }
        }
        return null;
    }
}
