package samovar.client.ui;

import org.teavm.jso.JSBody;

/** Light or dark by the visitor's choice, kept for the next visit; the system's choice until then. */
final class ThemeButton {
    private ThemeButton() {}

    static void wire() {
        Dom.onClick(Dom.byId("theme"), ThemeButton::toggle);
    }

    @JSBody(
            script = "var root = document.documentElement;"
                    + "var dark = root.dataset.theme ? root.dataset.theme === 'dark'"
                    + " : matchMedia('(prefers-color-scheme: dark)').matches;"
                    + "root.dataset.theme = dark ? 'light' : 'dark';"
                    + "try { localStorage.setItem('samovar.theme', root.dataset.theme); } catch (blocked) {}")
    private static native void toggle();
}
