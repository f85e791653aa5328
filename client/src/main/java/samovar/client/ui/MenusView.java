package samovar.client.ui;

import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLInputElement;
import org.teavm.jso.dom.html.TextRectangle;
import org.teavm.jso.popover.ToggleEvent;
import samovar.dtype.ByteSize;
import samovar.dtype.Place;
import samovar.dtype.PlannedModule;

/** The three menus of the header: model, place and weights, each entry with its size and what speaks for or against it. */
final class MenusView {
    /** Told of choices. Must not await. */
    interface Listener {
        void chooseModel(String id);

        /** @param typed an id, an address, or anything else */
        void open(String typed);

        void choosePlace(Place place);

        /** @param dtype a label, or {@link Selection#AUTO} */
        void chooseDtype(String dtype);
    }

    /** What an entry says. */
    private record Entry(String name, String size, String note, boolean current, boolean possible) {}

    private static final int GAP = 6;

    private final HTMLElement models = Dom.byId("model-list");
    private final HTMLElement places = Dom.byId("place-list");
    private final HTMLElement dtypes = Dom.byId("dtype-list");
    private final HTMLElement planPart = Dom.byId("plan-part");
    private final Listener listener;
    private final PlanRows rows;

    MenusView(Listener listener, PlanRows rows) {
        this.listener = listener;
        this.rows = rows;
        for (String name : List.of("model", "place", "dtype")) {
            HTMLElement button = Dom.byId(name + "-button");
            HTMLElement menu = Dom.byId(name + "-menu");
            Dom.on(menu, "beforetoggle", event -> {
                if (ToggleEvent.OPEN.equals(((ToggleEvent) event).getNewState())) {
                    putBelow(menu, button.getBoundingClientRect());
                }
            });
        }
        HTMLInputElement id = (HTMLInputElement) Dom.byId("model-id");
        Dom.on(Dom.byId("model-form"), "submit", event -> {
            event.preventDefault();
            String wanted = id.getValue().trim();
            if (!wanted.isEmpty()) {
                Dom.byId("model-menu").hidePopover();
                listener.open(wanted);
            }
        });
    }

    private static void putBelow(HTMLElement menu, TextRectangle button) {
        menu.getStyle().setProperty("top", button.getBottom() + GAP + "px");
        menu.getStyle().setProperty("--left", button.getLeft() + "px");
    }

    void showModels(List<ModelCard> cards, ModelCard chosen) {
        Dom.empty(models);
        for (ModelCard card : cards) {
            String size = card.sizeBytes() > 0 ? ByteSize.text(card.sizeBytes()) : "";
            boolean current = chosen != null && card.id().equals(chosen.id());
            add(
                    models,
                    "model",
                    new Entry(card.name(), size, Starters.of(card).brief(), current, true),
                    () -> listener.chooseModel(card.id()));
        }
        Dom.text(Dom.byId("model-name"), chosen == null ? "…" : chosen.name());
        Dom.byId("model-button").setTitle(chosen == null ? "" : chosen.id());
    }

    /** @param place where it runs; null where nowhere yet */
    void showPlaces(Selection selection, Place place, String reason) {
        Dom.empty(places);
        for (Place each : Place.values()) {
            PlaceCard card = selection.card(each);
            if (card != null) {
                Entry entry = new Entry(
                        title(each),
                        placeSize(card),
                        note(card, each == place, reason),
                        each == place,
                        card.isUsable());
                add(places, "place", entry, () -> listener.choosePlace(each));
            }
        }
        Dom.text(Dom.byId("place-name"), place == null ? "nowhere yet" : title(place));
        showDtypes(selection, place);
    }

    private static String placeSize(PlaceCard card) {
        if (!card.isUsable()) {
            return "not here";
        }
        long bytes = card.downloadBytes();
        if (bytes > 0) {
            return ByteSize.text(bytes) + " to fetch";
        }
        return card.place() == Place.SERVER ? "nothing to fetch" : "kept here";
    }

    private static String note(PlaceCard card, boolean current, String reason) {
        StringBuilder note = new StringBuilder(card.offer().remark());
        if (note.length() == 0) {
            note.append(current ? reason : card.device());
        }
        return note.toString();
    }

    private void showDtypes(Selection selection, Place place) {
        Dom.empty(dtypes);
        PlaceCard card = place == null ? anyCard(selection) : selection.card(place);
        String asked = selection.dtype();
        Entry auto = new Entry(
                "Automatic",
                "",
                "The best published form that runs in the chosen place.",
                asked.equals(Selection.AUTO),
                true);
        add(dtypes, "dtype", auto, () -> listener.chooseDtype(Selection.AUTO));
        if (card != null) {
            for (DtypeChoice choice : card.choices()) {
                String label = choice.dtype().label();
                Entry entry = new Entry(
                        label, ByteSize.text(choice.sizeBytes()), choice.reason(), label.equals(asked), choice.runs());
                add(dtypes, "dtype", entry, () -> listener.chooseDtype(label));
            }
        }
        boolean planned = place != null && card != null && card.isUsable();
        planPart.setHidden(!planned);
        Dom.text(Dom.byId("dtype-name"), planned ? dtypesOf(card) : DtypeText.brief(asked));
        if (planned) {
            rows.show(Dom.byId("plan-rows"), card, selection.spec());
        }
    }

    private static PlaceCard anyCard(Selection selection) {
        for (Place place : Place.values()) {
            PlaceCard card = selection.card(place);
            if (card != null && !card.choices().isEmpty()) {
                return card;
            }
        }
        return null;
    }

    /** The dtype of all modules, or how many there are. */
    static String dtypesOf(PlaceCard card) {
        String label = "";
        for (PlannedModule module : card.plan().modules()) {
            String own = module.dtype().label();
            if (!label.isEmpty() && !label.equals(own)) {
                return "mixed";
            }
            label = own;
        }
        return label;
    }

    private static void add(HTMLElement list, String menu, Entry entry, Dom.Callback listener) {
        HTMLElement item = Dom.copyOf("choice");
        HTMLElement button = Dom.part(item, "button");
        Dom.text(button, ".name", entry.name());
        Dom.text(button, ".size", entry.size());
        Dom.text(button, ".note", entry.note());
        if (entry.current()) {
            button.setAttribute("aria-current", "true");
        }
        if (!entry.possible()) {
            button.setAttribute("aria-disabled", "true");
        }
        Dom.onClick(button, () -> {
            if (entry.possible()) {
                Dom.byId(menu + "-menu").hidePopover();
                listener.call();
            }
        });
        list.appendChild(item);
    }

    /** {@code This browser's GPU}. */
    static String title(Place place) {
        String words = place.words();
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
