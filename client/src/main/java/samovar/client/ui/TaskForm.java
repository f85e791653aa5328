package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.dom.html.HTMLButtonElement;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLInputElement;
import org.teavm.jso.dom.html.HTMLOptionElement;
import org.teavm.jso.dom.html.HTMLSelectElement;
import samovar.image.ImageSize;
import samovar.task.Florence2Task;

/** What the visitor wants to know of the picture: the task, and its words or its region. */
final class TaskForm {
    /** Told of what the visitor does. Must not await. */
    interface Listener {
        void run();

        void stop();

        /** The region was typed, or is wanted or not any more; null where none is to be shown. */
        void showRegion(Region region);
    }

    private static final String[] SIDES = {"left", "top", "right", "bottom"};

    private final HTMLSelectElement menu = (HTMLSelectElement) Dom.byId("task");
    private final HTMLElement note = Dom.byId("task-note");
    private final HTMLElement words = Dom.byId("words-part");
    private final HTMLInputElement text = (HTMLInputElement) Dom.byId("words");
    private final HTMLElement regionPart = Dom.byId("region-part");
    private final HTMLElement beamsPart = Dom.byId("beams-part");
    private final HTMLSelectElement beams = (HTMLSelectElement) Dom.byId("beams");
    private final HTMLElement run = Dom.byId("run");
    private final HTMLElement stop = Dom.byId("stop");
    private final Listener listener;
    private List<Florence2Task> tasks = List.of();
    private ModelCard model;
    private ImageSize size;
    private Region region;

    TaskForm(Listener listener) {
        this.listener = listener;
        Dom.on(Dom.byId("task-form"), "submit", event -> {
            event.preventDefault();
            listener.run();
        });
        Dom.onClick(stop, listener::stop);
        Dom.on(menu, "change", event -> update());
        Dom.on(text, "input", event -> update());
        for (String side : SIDES) {
            Dom.on(field(side), "change", event -> typed());
        }
        update();
    }

    private static HTMLInputElement field(String side) {
        return (HTMLInputElement) Dom.byId("region-" + side);
    }

    /** Lists a model's tasks; the one that was chosen stays so where the model has it. */
    void show(ModelCard card) {
        String before = menu.getValue();
        model = card;
        tasks = TaskWords.ordered(card.tasks());
        Dom.empty(menu);
        addGroup("The whole picture", task -> knows(task) && !task.wantsInput());
        addGroup("With your words", task -> knows(task) && task.wantsInput() && !TaskWords.wantsRegion(task));
        addGroup("A region that you draw", task -> knows(task) && TaskWords.wantsRegion(task));
        addGroup("Never learnt by this model", task -> !knows(task));
        Integer own = card.defaults().numBeams();
        beamsPart.setHidden(own == null || own < 2);
        Dom.text(beamsPart, "option", own + " side by side, the best is told: as the model asks");
        boolean kept = false;
        for (Florence2Task task : tasks) {
            kept |= task.token().equals(before);
        }
        if (kept) {
            menu.setValue(before);
        }
        update();
    }

    private boolean knows(Florence2Task task) {
        return TaskWords.knows(model, task);
    }

    /** Chooses tasks for a group. Not a Predicate, so that nothing more of the JDK's comes along. */
    private interface Choice {
        boolean takes(Florence2Task task);
    }

    private void addGroup(String title, Choice choice) {
        HTMLElement group = Dom.element("optgroup", "");
        group.setAttribute("label", title);
        boolean any = false;
        for (Florence2Task task : tasks) {
            if (choice.takes(task)) {
                HTMLOptionElement option = (HTMLOptionElement) Dom.element("option", task.title());
                option.setValue(task.token());
                group.appendChild(option);
                any = true;
            }
        }
        if (any) {
            menu.appendChild(group);
        }
    }

    /** The task that is chosen; null before there is a model. */
    Florence2Task task() {
        for (Florence2Task task : tasks) {
            if (task.token().equals(menu.getValue())) {
                return task;
            }
        }
        return null;
    }

    /** How many sequences go side by side; null for the model's own number. */
    Integer numBeams() {
        return beamsPart.isHidden() || beams.getValue().isEmpty() ? null : 1;
    }

    /** Whether nothing is missing for the task but the model. */
    boolean isComplete() {
        Florence2Task task = task();
        return task != null && size != null && (!task.wantsInput() || !input().isEmpty());
    }

    /** The words or the region; empty where the task wants none or none was given. */
    String input() {
        Florence2Task task = task();
        if (task == null || !task.wantsInput()) {
            return "";
        }
        if (TaskWords.wantsRegion(task)) {
            return region == null ? "" : region.tokens(size);
        }
        return text.getValue().trim();
    }

    /** A new picture, whose middle is the region to begin with. */
    void pictureHas(ImageSize now) {
        size = now;
        setRegion(Region.middle(now));
        for (int i = 0; i < SIDES.length; i++) {
            field(SIDES[i]).setAttribute("max", String.valueOf(i % 2 == 0 ? now.width() : now.height()));
        }
        update();
    }

    /** A region that is being drawn in the picture. */
    void setRegion(Region now) {
        region = now;
        int[] values = {now.left(), now.top(), now.right(), now.bottom()};
        for (int i = 0; i < SIDES.length; i++) {
            field(SIDES[i]).setValue(String.valueOf(values[i]));
        }
        update();
    }

    private void typed() {
        if (size == null) {
            return;
        }
        List<Integer> values = new ArrayList<>();
        for (String side : SIDES) {
            try {
                values.add(Integer.parseInt(field(side).getValue().trim()));
            } catch (NumberFormatException notANumber) {
                // What was typed isn't finished, or nothing: the region stays what it was.
                setRegion(region);
                return;
            }
        }
        setRegion(Region.between(values.get(0), values.get(1), values.get(2), values.get(3), size));
    }

    private void update() {
        Florence2Task task = task();
        boolean wantsRegion = task != null && TaskWords.wantsRegion(task);
        boolean wantsWords = task != null && task.wantsInput() && !wantsRegion;
        words.setHidden(!wantsWords);
        regionPart.setHidden(!wantsRegion);
        if (wantsWords) {
            Dom.text(words, ".name", task.inputTitle());
            text.setPlaceholder(TaskWords.example(task));
        }
        Dom.text(note, task == null || knows(task) ? "" : TaskWords.neverLearnt(model));
        ((HTMLButtonElement) run).setDisabled(!isComplete());
        listener.showRegion(wantsRegion && size != null ? region : null);
    }

    /** Shows the button that stops in place of the one that runs. */
    void running(boolean now) {
        boolean hadFocus = Dom.hasFocus(now ? run : stop);
        run.setHidden(now);
        stop.setHidden(!now);
        if (hadFocus) {
            (now ? stop : run).focus();
        }
    }
}
