package samovar.client.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** A JavaScript callback that is given a text and, where some came with it, bytes; else null. */
@JSFunctor
public interface MessageListener extends JSObject {
    void on(String text, Int8Array bytes);
}
