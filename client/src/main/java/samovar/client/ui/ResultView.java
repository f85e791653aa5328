package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.dom.html.HTMLElement;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;

/** The answer beside the picture: words as they come, things as a list, figures, and the buttons that copy. */
final class ResultView {
    /** Told which entry of the list the visitor is at. Must not await. */
    interface Listener {
        /** @param mark -1 when none */
        void point(int mark);
    }

    private final HTMLElement part = Dom.byId("result");
    private final HTMLElement title = Dom.byId("result-title");
    private final HTMLElement text = Dom.byId("result-text");
    private final HTMLElement list = Dom.byId("result-list");
    private final HTMLElement meta = Dom.byId("result-meta");
    private final HTMLElement figures = Dom.byId("figures");
    private final HTMLElement announcer = Dom.byId("announcer");
    private final Listener listener;
    private final List<HTMLElement> entries = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private CaptionAnswer answer;
    /** The entry that was pressed; -1 where none is. */
    private int pressed = -1;

    private boolean isWriting;
    private boolean painting;

    ResultView(Listener listener) {
        this.listener = listener;
        Dom.onClick(Dom.byId("copy-text"), () -> copy(CaptionWords.text(answer.result())));
        Dom.onClick(Dom.byId("copy-json"), () -> copy(CaptionWords.json(answer)));
    }

    private void copy(String what) {
        Dom.copyToClipboard(what, () -> {
            Dom.text(announcer, "Copied.");
            Dom.text(figures, "Copied.");
        });
    }

    void clear() {
        part.setHidden(true);
        meta.setHidden(true);
        Dom.empty(list);
        entries.clear();
        pressed = -1;
        words.setLength(0);
        Dom.text(text, "");
    }

    /** @param task its title */
    void begin(String task) {
        clear();
        part.setHidden(false);
        Dom.text(title, task);
        writing(true);
    }

    /** Words of the model that have come; for tasks that locate things they are labels. */
    void grow(String delta) {
        words.append(delta);
        if (!painting) {
            painting = true;
            Dom.beforePaint(() -> {
                painting = false;
                if (isWriting) {
                    Dom.text(text, words.toString());
                }
            });
        }
    }

    void show(CaptionAnswer found) {
        answer = found;
        CaptionResult result = found.result();
        writing(false);
        Dom.text(text, CaptionWords.summary(result));
        List<Mark> marks = Mark.of(result);
        for (int i = 0; i < marks.size(); i++) {
            add(marks.get(i), i);
        }
        meta.setHidden(false);
        Dom.text(figures, Figures.of(found));
        Dom.bringIntoView(part);
        Dom.text(announcer, CaptionWords.summary(result));
    }

    private void add(Mark mark, int index) {
        HTMLElement item = Dom.copyOf("found");
        HTMLElement button = Dom.part(item, "button");
        Dom.part(item, ".swatch").setClassName("swatch c" + mark.colour());
        Dom.text(item, ".name", mark.name());
        Dom.text(item, ".place", mark.place());
        Dom.on(button, "mouseenter", event -> listener.point(index));
        Dom.on(button, "mouseleave", event -> listener.point(pressed));
        Dom.on(button, "focus", event -> listener.point(index));
        Dom.on(button, "blur", event -> listener.point(pressed));
        Dom.onClick(button, () -> press(index));
        list.appendChild(item);
        entries.add(button);
    }

    /** Keeps a mark standing out, or lets go of it. */
    private void press(int index) {
        pressed = pressed == index ? -1 : index;
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).setAttribute("aria-pressed", String.valueOf(i == pressed));
        }
        listener.point(pressed);
    }

    /** @param mark which the pointer is over in the picture; -1 for none */
    void light(int mark) {
        for (int i = 0; i < entries.size(); i++) {
            Dom.mark(entries.get(i), "lit", i == mark);
        }
    }

    /** What has come stays, and is told to be unfinished. */
    void breakOff() {
        writing(false);
        if (words.length() > 0) {
            Dom.text(text, words.toString());
        } else {
            clear();
        }
    }

    private void writing(boolean now) {
        isWriting = now;
        Dom.mark(part, "writing", now);
        part.setAttribute("aria-busy", String.valueOf(now));
    }
}
