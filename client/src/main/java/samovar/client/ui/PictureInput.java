package samovar.client.ui;

import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Window;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLDocument;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLInputElement;
import org.teavm.jso.file.Blob;

/** The ways in which a picture comes: dropped anywhere on the page, pasted, chosen from a dialog, or one of the drawings. */
final class PictureInput {
    /** Told of what came. Must not await. */
    interface Listener {
        void take(Blob file, String name);

        void takeDrawing(int index);

        /** Something was dropped that is no file, a link perhaps. */
        void refuseDrop();
    }

    private final HTMLElement zone = Dom.byId("drop");
    private final HTMLInputElement chooser = (HTMLInputElement) Dom.byId("file");
    private final HTMLElement list = Dom.byId("drawings");
    private final Listener listener;

    PictureInput(Listener listener) {
        this.listener = listener;
        Dom.onClick(Dom.byId("choose"), chooser::click);
        Dom.onClick(Dom.byId("choose-other"), chooser::click);
        Dom.on(chooser, "change", event -> {
            take(chooser);
            // The same file may be chosen again.
            chooser.setValue("");
        });
        HTMLDocument document = Window.current().getDocument();
        document.addEventListener("dragover", event -> {
            event.preventDefault();
            Dom.mark(zone, "over", PictureFile.holdsFiles(event));
        });
        document.addEventListener("dragleave", event -> Dom.mark(zone, "over", false));
        document.addEventListener("drop", this::drop);
        document.addEventListener("paste", this::take);
    }

    private void drop(Event event) {
        event.preventDefault();
        Dom.mark(zone, "over", false);
        if (!take(event)) {
            listener.refuseDrop();
        }
    }

    /** @return whether there was a file */
    private boolean take(JSObject source) {
        Blob file = PictureFile.first(source);
        if (file != null) {
            listener.take(file, PictureFile.name(file));
        }
        return file != null;
    }

    /** @param onlyShapes whether drawings of anything else are left out */
    void showDrawings(boolean onlyShapes) {
        Dom.empty(list);
        for (int i = 0; i < Drawings.count(); i++) {
            if (!onlyShapes || Drawings.isOfShapes(i)) {
                int index = i;
                HTMLElement item = Dom.copyOf("drawing");
                HTMLElement button = Dom.part(item, "button");
                HTMLCanvasElement canvas = Drawings.draw(index);
                button.appendChild(canvas);
                button.setAttribute("aria-label", Drawings.name(index));
                button.setTitle(Drawings.name(index));
                Dom.onClick(button, () -> listener.takeDrawing(index));
                list.appendChild(item);
            }
        }
    }
}
