package samovar.client.ui;

import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;

/** The card below the conversation: a plan that waits for a click, a model that loads, or a fault with its next steps. One at a time. */
final class StageView {
    /** A button of a card. */
    record Action(String label, Dom.Callback callback) {}

    private final HTMLElement stage = Dom.byId("stage");
    private final HTMLElement landing = Dom.byId("landing");
    private final HTMLElement alarm = Dom.byId("alarm");
    private HTMLElement loading;
    private LoadProgress.Phase phase;

    void clear() {
        Dom.empty(stage);
        Dom.mark(landing, "loading-now", false);
        loading = null;
    }

    /** Takes a fault away; a plan or a load stays. */
    void clearFault() {
        if (stage.querySelector(".fault") != null) {
            clear();
        }
    }

    /**
     * Shows a plan without its rows.
     *
     * @param note where it would run and what it takes
     */
    HTMLElement plan(String title, String note, List<String> warnings, List<Action> actions) {
        HTMLElement card = card("plan", title, actions);
        Dom.text(card, ".note", note);
        HTMLElement list = Dom.part(card, ".warnings");
        for (String warning : warnings) {
            list.appendChild(Dom.element("li", warning));
        }
        return card;
    }

    /** Shows what a model is, without its lists and rows. */
    HTMLElement sheet(String title, String note, List<Action> actions) {
        HTMLElement card = card("about", title, actions);
        Dom.text(card, ".note", note);
        Dom.text(alarm, note);
        return card;
    }

    void loading(String title, Action cancel) {
        loading = card("loading", title, List.of(cancel));
        Dom.text(loading, ".phase", "Starting");
        Dom.part(loading, "progress").setAttribute("aria-label", title);
        Dom.mark(landing, "loading-now", true);
        phase = null;
    }

    void progress(LoadProgress progress) {
        if (loading == null) {
            return;
        }
        if (progress.phase() != phase) {
            phase = progress.phase();
            Dom.text(loading, ".phase", phase.words());
        }
        HTMLElement bar = Dom.part(loading, "progress");
        double fraction = progress.fraction();
        if (fraction < 0) {
            bar.removeAttribute("value");
        } else {
            bar.setAttribute("value", String.valueOf(fraction));
        }
        Dom.text(loading, ".bytes", Figures.progress(progress));
    }

    /** @param reasons further sentences; often none */
    void fault(String title, String note, List<String> reasons, List<Action> actions) {
        HTMLElement card = card("fault", title, actions);
        Dom.text(card, ".note", Figures.sentence(note));
        HTMLElement list = Dom.part(card, ".reasons");
        for (String reason : reasons) {
            list.appendChild(Dom.element("li", Figures.sentence(reason)));
        }
        Dom.text(alarm, title + ". " + note);
    }

    private HTMLElement card(String template, String title, List<Action> actions) {
        clear();
        HTMLElement card = Dom.copyOf(template);
        Dom.text(card, "h2", title);
        HTMLElement row = Dom.part(card, ".actions");
        boolean first = true;
        for (Action action : actions) {
            row.appendChild(Dom.button(action.label(), first && !template.equals("loading"), action.callback()));
            first = false;
        }
        stage.appendChild(card);
        if (!template.equals("loading")) {
            // Its words come after this. What loads by itself does not move the page from where it begins.
            Dom.beforePaint(() -> Dom.bringIntoView(card));
        }
        return card;
    }
}
