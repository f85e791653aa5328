package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** {@code FormData}: a form with files, to be sent by {@code fetch}. */
public final class Forms {
    private Forms() {}

    @JSBody(script = "return new FormData();")
    public static native JSObject create();

    @JSBody(
            params = {"form", "name", "value"},
            script = "form.append(name, value);")
    public static native void add(JSObject form, String name, String value);

    /** Adds a file of these bytes, which are copied. */
    @JSBody(
            params = {"form", "name", "bytes"},
            script = "form.append(name, new Blob([bytes]), name);")
    public static native void addFile(JSObject form, String name, Int8Array bytes);
}
