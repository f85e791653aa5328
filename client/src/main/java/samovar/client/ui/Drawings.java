package samovar.client.ui;

import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;

/** The pictures to try with, drawn by the script drawings.js when they are wanted. The page's boot script brings it. */
final class Drawings {
    private Drawings() {}

    @JSBody(script = "return globalThis.drawings.length;")
    static native int count();

    /** A name for a list: {@code Two shapes}. */
    @JSBody(params = "index", script = "return globalThis.drawings[index].name;")
    static native String name(int index);

    /** Whether it shows only what a model of coloured shapes knows. */
    @JSBody(params = "index", script = "return globalThis.drawings[index].shapes;")
    static native boolean isOfShapes(int index);

    @JSBody(params = "index", script = "return globalThis.drawings[index].draw();")
    static native HTMLCanvasElement draw(int index);

    /** As a PNG file. */
    @JSBody(
            params = "canvas",
            script = "return new Promise(function (resolve) { canvas.toBlob(resolve, 'image/png'); });")
    static native JSPromise<Blob> file(HTMLCanvasElement canvas);
}
