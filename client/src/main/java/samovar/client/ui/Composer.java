package samovar.client.ui;

import org.teavm.jso.JSBody;
import org.teavm.jso.browser.Window;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.dom.html.HTMLButtonElement;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLTextAreaElement;

/** Where the visitor writes: Enter sends, Shift and Enter starts a line, Escape stops. */
final class Composer {
    /** Told of what the visitor does. Must not await. */
    interface Listener {
        /** @return whether the text was taken; it stays in the box otherwise */
        boolean send(String text);

        void stop();
    }

    private final HTMLTextAreaElement box = (HTMLTextAreaElement) Dom.byId("question");
    private final HTMLButtonElement send = (HTMLButtonElement) Dom.byId("send");
    private final HTMLElement stop = Dom.byId("stop");
    private final Listener listener;
    private boolean accepts;

    Composer(Listener listener) {
        this.listener = listener;
        HTMLElement form = Dom.byId("composer");
        Dom.on(form, "submit", event -> {
            event.preventDefault();
            submit();
        });
        Dom.on(box, "input", event -> update());
        Dom.on(box, "keydown", event -> onKey((KeyboardEvent) event));
        Dom.onClick(stop, listener::stop);
        Window.current().getDocument().addEventListener("keydown", event -> {
            if ("Escape".equals(((KeyboardEvent) event).getKey()) && !Dom.somethingLiesOver()) {
                listener.stop();
            }
        });
        update();
    }

    private void onKey(KeyboardEvent key) {
        // While an input method composes, Enter belongs to it.
        if ("Enter".equals(key.getKey()) && !key.isShiftKey() && !key.isComposing()) {
            key.preventDefault();
            submit();
        }
    }

    private void submit() {
        String text = box.getValue().trim();
        if (accepts && !text.isEmpty() && listener.send(text)) {
            box.setValue("");
            update();
        }
    }

    /** Whether a text may be sent now. */
    void accept(boolean now) {
        accepts = now;
        update();
    }

    /** Shows the button that stops in place of the one that sends. */
    void running(boolean now) {
        boolean hadFocus = Dom.hasFocus(stop);
        stop.setHidden(!now);
        send.setHidden(now);
        if (hadFocus && !now) {
            focus();
        }
    }

    void focus() {
        box.focus();
    }

    private void update() {
        send.setDisabled(!accepts || box.getValue().isBlank());
        fit(box);
    }

    /** Grows with its text where the browser lacks {@code field-sizing}. */
    @JSBody(
            params = "box",
            script = "if (!CSS.supports('field-sizing', 'content')) {"
                    + " box.style.height = 'auto'; box.style.height = box.scrollHeight + 'px'; }")
    private static native void fit(HTMLTextAreaElement box);
}
