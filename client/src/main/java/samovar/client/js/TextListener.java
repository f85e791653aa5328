package samovar.client.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript callback that is given a text. */
@JSFunctor
public interface TextListener extends JSObject {
    void on(String text);
}
