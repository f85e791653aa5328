package samovar.client.js;

import org.teavm.jso.JSObject;

/** The header fields of a {@link Response}. */
public interface Headers extends JSObject {
    /** The field's value, or null. */
    String get(String name);
}
