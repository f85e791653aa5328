package samovar.client.ui;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Window;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.EventListener;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.xml.Element;

/** The page's elements by id, its templates, and what TeaVM's own DOM types lack. */
final class Dom {
    /** A callback without arguments, from JavaScript; must not await. */
    @JSFunctor
    interface Callback extends JSObject {
        void call();
    }

    private Dom() {}

    /** @throws IllegalStateException if the page has no such element */
    static HTMLElement byId(String id) {
        HTMLElement element = Window.current().getDocument().getElementById(id);
        if (element == null) {
            throw new IllegalStateException("the page has no element with the id " + id);
        }
        return element;
    }

    /** A copy of the first element of the template {@code t-…}. */
    static HTMLElement copyOf(String template) {
        return copy(byId("t-" + template));
    }

    @JSBody(params = "template", script = "return template.content.firstElementChild.cloneNode(true);")
    private static native HTMLElement copy(HTMLElement template);

    /** The part of an element that matches, which must be there. */
    static HTMLElement part(HTMLElement element, String selector) {
        return element.querySelector(selector);
    }

    static void text(HTMLElement element, String text) {
        element.setTextContent(text);
    }

    static void text(HTMLElement element, String selector, String text) {
        part(element, selector).setTextContent(text);
    }

    static void onClick(HTMLElement element, Callback listener) {
        on(element, "click", event -> listener.call());
    }

    static void on(HTMLElement element, String type, EventListener<Event> listener) {
        element.addEventListener(type, listener);
    }

    /** Takes a class off and puts it on again where wanted. */
    static void mark(HTMLElement element, String className, boolean wanted) {
        element.getClassList().remove(className);
        if (wanted) {
            element.getClassList().add(className);
        }
    }

    static HTMLElement button(String label, boolean strong, Callback listener) {
        HTMLElement button = Window.current().getDocument().createElement("button");
        button.setAttribute("type", "button");
        button.setClassName(strong ? "button strong" : "button");
        text(button, label);
        onClick(button, listener);
        return button;
    }

    static HTMLElement element(String tag, String text) {
        HTMLElement element = Window.current().getDocument().createElement(tag);
        text(element, text);
        return element;
    }

    /** An element of a picture. */
    @JSBody(params = "tag", script = "return document.createElementNS('http://www.w3.org/2000/svg', tag);")
    static native Element svg(String tag);

    @JSBody(params = "element", script = "element.replaceChildren();")
    static native void empty(HTMLElement element);

    /** Scrolls no further than it must. */
    @JSBody(params = "element", script = "element.scrollIntoView({block: 'nearest'});")
    static native void bringIntoView(HTMLElement element);

    @JSBody(params = "dialog", script = "dialog.showModal();")
    static native void showModal(HTMLElement dialog);

    @JSBody(params = "dialog", script = "dialog.close();")
    static native void close(HTMLElement dialog);

    @JSBody(params = "element", script = "return document.activeElement === element;")
    static native boolean hasFocus(HTMLElement element);

    /** Whether a menu or a dialog lies over the page; Escape is theirs then. */
    @JSBody(script = "return document.querySelector('[popover]:popover-open, dialog[open]') !== null;")
    static native boolean somethingLiesOver();

    @JSBody(
            params = {"text", "done"},
            script = "navigator.clipboard.writeText(text).then(done, function () {});")
    static native void copyToClipboard(String text, Callback done);

    @JSBody(params = "callback", script = "requestAnimationFrame(function () { callback(); });")
    static native void beforePaint(Callback callback);

    /** A parameter of the page's address, decoded; null where it is missing. */
    @JSBody(params = "name", script = "return new URLSearchParams(location.search).get(name);")
    static native String query(String name);

    @JSBody(params = "query", script = "history.replaceState(null, '', location.pathname + query);")
    static native void replaceQuery(String query);

    @JSBody(script = "return Math.floor(Math.random() * 2147483648);")
    static native int freshSeed();
}
