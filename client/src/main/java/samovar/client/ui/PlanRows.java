package samovar.client.ui;

import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLOptionElement;
import org.teavm.jso.dom.html.HTMLSelectElement;
import samovar.dtype.ByteSize;
import samovar.dtype.DtypeSpec;
import samovar.dtype.PlannedModule;

/** A plan's modules as rows: name, dtype, size, reason. Where a model has several modules, each row's dtype is a menu. */
final class PlanRows {
    /** Told of choices. Must not await. */
    interface Listener {
        /** @param dtype a label, or {@link Selection#AUTO} */
        void chooseDtype(String module, String dtype);
    }

    private final Listener listener;

    PlanRows(Listener listener) {
        this.listener = listener;
    }

    /** @param asked what the visitor has asked for */
    void show(HTMLElement body, PlaceCard card, DtypeSpec asked) {
        Dom.empty(body);
        for (PlannedModule module : card.plan().modules()) {
            // The roles are spelled out, since a phone lays rows out as boxes.
            HTMLElement row = Dom.element("tr", "").withAttr("role", "row");
            cell(row, "").appendChild(Dom.element("code", module.name()));
            ModuleChoices choices = card.modules().size() < 2 ? null : find(card, module.name());
            if (choices == null) {
                cell(row, module.dtype().label());
            } else {
                cell(row, "").appendChild(menu(module, choices, asked.asked(module.name())));
            }
            cell(row, ByteSize.text(module.sizeBytes())).setClassName("number");
            cell(row, module.reason());
            body.appendChild(row);
        }
    }

    private static ModuleChoices find(PlaceCard card, String module) {
        for (ModuleChoices choices : card.modules()) {
            if (choices.module().equals(module)) {
                return choices;
            }
        }
        return null;
    }

    private HTMLElement menu(PlannedModule module, ModuleChoices choices, String asked) {
        HTMLSelectElement menu = (HTMLSelectElement) Dom.element("select", "");
        menu.setClassName("dtype");
        menu.setAttribute("aria-label", "Weights of " + module.name());
        boolean auto = asked.equals(Selection.AUTO);
        add(menu, Selection.AUTO, auto ? module.dtype().label() + " (automatic)" : "automatic", auto, true);
        for (DtypeChoice choice : choices.choices()) {
            String label = choice.dtype().label();
            String words =
                    label + ", " + ByteSize.text(choice.sizeBytes()) + (choice.runs() ? "" : ". " + choice.reason());
            add(menu, label, words, label.equals(asked), choice.runs());
        }
        Dom.on(menu, "change", event -> listener.chooseDtype(module.name(), menu.getValue()));
        return menu;
    }

    private static void add(HTMLSelectElement menu, String value, String words, boolean chosen, boolean possible) {
        HTMLOptionElement option = (HTMLOptionElement) Dom.element("option", words);
        option.setValue(value);
        option.setDisabled(!possible);
        option.setSelected(chosen);
        menu.appendChild(option);
    }

    private static HTMLElement cell(HTMLElement row, String text) {
        HTMLElement cell = Dom.element("td", text).withAttr("role", "cell");
        row.appendChild(cell);
        return cell;
    }
}
