package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** {@code AbortController}. */
@JSClass(transparent = true)
public abstract class Abort implements JSObject {
    @JSBody(script = "return new AbortController();")
    public static native Abort create();

    @JSProperty
    public abstract JSObject getSignal();

    public abstract void abort();
}
