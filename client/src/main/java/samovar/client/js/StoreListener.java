package samovar.client.js;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Hears of the bytes of a download; called by JavaScript, must not await. */
@JSFunctor
public interface StoreListener extends JSObject {
    /**
     * @param loaded bytes of all files together that are here
     * @param verified how many of them are known to be right
     */
    void on(double loaded, double verified, boolean fromNetwork);
}
