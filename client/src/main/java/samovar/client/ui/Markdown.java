package samovar.client.ui;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLElement;

/** Shows an answer's Markdown, cleaned, with a button at each block of code that copies it. The page's boot script brings the renderer. */
final class Markdown {
    @JSFunctor
    interface CodeListener extends JSObject {
        void on(HTMLElement pre);
    }

    private Markdown() {}

    /** Only blocks that have changed since the last call are touched. */
    static void show(HTMLElement element, String text) {
        render(element, text, Markdown::frame);
    }

    private static void frame(HTMLElement pre) {
        HTMLElement code = Dom.part(pre, "code");
        String text = code.getTextContent();
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
            code.setTextContent(text);
        }
        String copied = text;
        HTMLElement frame = Dom.copyOf("code");
        Dom.text(frame, ".language", language(code.getClassName()));
        HTMLElement button = Dom.part(frame, "button");
        Dom.onClick(button, () -> Dom.copyToClipboard(copied, () -> Dom.text(button, "Copied")));
        pre.getParentNode().insertBefore(frame, pre);
        frame.appendChild(pre);
        pre.setTabIndex(0);
        pre.setAttribute("role", "region");
        pre.setAttribute("aria-label", "Code");
    }

    /** From the class {@code language-java}. */
    private static String language(String className) {
        String prefix = "language-";
        int at = className.indexOf(prefix);
        return at < 0 ? "code" : className.substring(at + prefix.length());
    }

    @JSBody(
            params = {"element", "text", "listener"},
            script = "globalThis.renderMarkdown(element, text, listener);")
    private static native void render(HTMLElement element, String text, CodeListener listener);
}
