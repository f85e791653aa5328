package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.dtype.ByteSize;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.hub.HubException;
import samovar.hub.RepoAddress;
import samovar.task.TaskException;

/**
 * The way from what a visitor types to a model that answers: what it is, what there is of it and where that would run is shown first,
 * and nothing of it is loaded before the visitor says so. A model for the other page comes with a link there.
 */
final class ModelOpener {
    private static final int MOST_TITLE_CHARS = 100;

    private final ModelPlaces places;
    private final PlaceFinder finder;
    private final ModelSheet.Kind page;

    /** @param page which models are for this page */
    ModelOpener(ModelPlaces places, PlaceFinder finder, ModelSheet.Kind page) {
        this.places = places;
        this.finder = finder;
        this.page = page;
    }

    /** Awaits. */
    void open(String typed) {
        String id = typed;
        try {
            id = fullId(typed, finder.models());
            ModelSheet sheet = places.look(id);
            List<PlaceCard> cards = new ArrayList<>();
            if (sheet.trouble().isEmpty()) {
                for (Place place : Place.values()) {
                    cards.add(places.survey(id, DtypeSpec.AUTO, place));
                }
            }
            show(sheet, cards);
        } catch (TaskException refused) {
            String asked = id;
            refuse(asked, refused, () -> open(asked));
        }
    }

    private void show(ModelSheet sheet, List<PlaceCard> cards) {
        List<StageView.Action> actions = new ArrayList<>();
        boolean usable = false;
        for (PlaceCard card : cards) {
            usable |= card.isUsable();
        }
        boolean here = usable && sheet.kind() == page;
        if (here) {
            actions.add(finder.action("Use it", () -> finder.chooseModel(sheet.id())));
        }
        wayBack(sheet.id()).ifPresent(actions::add);
        HTMLElement card = finder.stage().sheet(sheet.name(), sheet.words(), actions);
        HTMLElement row = Dom.part(card, ".actions");
        if (usable && !here) {
            HTMLElement link = Dom.element("a", "Open it on " + sheet.kind().page());
            link.setClassName("button strong");
            link.setAttribute("href", sheet.kind().address() + new PageLink(sheet.id(), "", "").query());
            HTMLElement back = row.querySelector("button");
            if (back != null) {
                Dom.mark(back, "strong", false);
            }
            row.insertBefore(link, back);
        }
        List<String> lines = SheetWords.places(cards);
        if (!sheet.trouble().isEmpty()) {
            lines.add(sheet.trouble());
        }
        list(Dom.part(card, ".places"), lines);
        list(Dom.part(card, ".reasons"), SheetWords.obstacles(cards));
        HTMLElement rows = Dom.part(card, "tbody");
        for (ModuleChoices module : sheet.modules()) {
            rows.appendChild(row(module, cards));
        }
    }

    /** To the model that was chosen before, or the one to begin with. */
    private Optional<StageView.Action> wayBack(String looked) {
        ModelCard now = finder.model();
        if (now == null) {
            return finder.useFirst();
        }
        return now.id().equals(looked)
                ? Optional.empty()
                : Optional.of(finder.action("Stay with " + now.name(), finder::resume));
    }

    /** Says why a model can't be had, with ways on. */
    void refuse(String id, TaskException refused, Job again) {
        List<StageView.Action> actions = new ArrayList<>();
        finder.useFirst().ifPresent(actions::add);
        actions.add(finder.action("Try again", again));
        String name = id.length() > MOST_TITLE_CHARS ? id.substring(0, MOST_TITLE_CHARS) + "…" : id;
        finder.stage()
                .fault("The model " + name + " can't be used", refused.problem(), PlaceFinder.next(refused), actions);
    }

    /**
     * A bare name stands for the model of that name among these, an address of the Hub for the model that it shows.
     *
     * @throws TaskException UNKNOWN_MODEL for what can be neither
     */
    static String fullId(String wanted, List<ModelCard> models) {
        for (ModelCard card : models) {
            if (card.name().equals(wanted)) {
                return card.id();
            }
        }
        try {
            return RepoAddress.read(wanted).toString();
        } catch (HubException malformed) {
            throw TaskException.of(malformed);
        }
    }

    private static HTMLElement row(ModuleChoices module, List<PlaceCard> cards) {
        HTMLElement row = Dom.element("tr", "").withAttr("role", "row");
        HTMLElement name = Dom.element("th", "").withAttr("role", "rowheader").withAttr("scope", "row");
        name.appendChild(Dom.element("code", module.module()));
        row.appendChild(name);
        HTMLElement cell =
                Dom.element("td", module.choices().isEmpty() ? "nothing" : "").withAttr("role", "cell");
        for (DtypeChoice choice : module.choices()) {
            String label = choice.dtype().label();
            HTMLElement chip = Dom.element("span", label + " " + ByteSize.text(choice.sizeBytes()));
            boolean runs = SheetWords.runs(cards, module.module(), label);
            chip.setClassName(runs ? "chip" : "chip off");
            if (!runs) {
                chip.appendChild(Dom.element("span", " (runs nowhere here)").withAttr("class", "unseen"));
            }
            cell.appendChild(chip);
        }
        row.appendChild(cell);
        return row;
    }

    private static void list(HTMLElement list, List<String> lines) {
        for (String line : lines) {
            list.appendChild(Dom.element("li", line));
        }
    }
}
