package samovar.client.ui;

import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.dtype.ByteSize;

/** The part of the menu of models that tells what this browser keeps, with a button to delete each. */
final class StoredView {
    /** Told of the files to delete. Must not await. */
    interface Listener {
        void delete(List<String> keys);
    }

    private final HTMLElement note = Dom.byId("stored-note");
    private final HTMLElement list = Dom.byId("stored-list");
    private final Listener listener;

    StoredView(Listener listener) {
        this.listener = listener;
    }

    void show(Stored stored) {
        Dom.empty(list);
        Dom.text(note, words(stored));
        for (StoredWeights weights : stored.weights()) {
            String name = weights.modelId().substring(weights.modelId().lastIndexOf('/') + 1);
            HTMLElement item = Dom.element("li", "");
            HTMLElement label = Dom.element("span", name + " ");
            label.setTitle(weights.modelId());
            label.appendChild(Dom.element("small", weights.dtype() + (weights.whole() ? "" : ", in part")));
            item.appendChild(label);
            item.appendChild(Dom.element("small", ByteSize.text(weights.bytes())));
            HTMLElement delete = Dom.button("Delete", false, () -> listener.delete(weights.keys()));
            delete.setAttribute("aria-label", "Delete " + name + " " + weights.dtype());
            item.appendChild(delete);
            list.appendChild(item);
        }
    }

    private static String words(Stored stored) {
        if (!stored.keeps()) {
            return "This browser keeps nothing between visits: the window is private, or the address is not secure.";
        }
        return stored.weights().isEmpty() ? "No weights yet." : ByteSize.text(stored.bytes()) + " of weights:";
    }
}
