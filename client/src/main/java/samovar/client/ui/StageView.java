package samovar.client.ui;

import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.dtype.ByteSize;
import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedModule;

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

    /** @param note where it would run and what it takes */
    void plan(String title, String note, DtypePlan plan, List<Action> actions) {
        HTMLElement card = card("plan", title, actions);
        Dom.text(card, ".note", note);
        rows(Dom.part(card, "tbody"), plan);
        HTMLElement warnings = Dom.part(card, ".warnings");
        for (String warning : plan.warnings()) {
            warnings.appendChild(Dom.element("li", warning));
        }
    }

    /** A plan's modules as rows: name, dtype, size, reason. The roles are spelled out, since a phone lays rows out as boxes. */
    static void rows(HTMLElement body, DtypePlan plan) {
        Dom.empty(body);
        for (PlannedModule module : plan.modules()) {
            HTMLElement row = Dom.element("tr", "").withAttr("role", "row");
            cell(row, "").appendChild(Dom.element("code", module.name()));
            cell(row, module.dtype().label());
            cell(row, ByteSize.text(module.sizeBytes())).setClassName("number");
            cell(row, module.reason());
            body.appendChild(row);
        }
    }

    private static HTMLElement cell(HTMLElement row, String text) {
        HTMLElement cell = Dom.element("td", text).withAttr("role", "cell");
        row.appendChild(cell);
        return cell;
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
        stage.scrollIntoView();
        return card;
    }
}
