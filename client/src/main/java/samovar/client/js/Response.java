package samovar.client.js;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.streams.ReadableStream;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** The answer of {@code fetch}. */
public interface Response extends JSObject {
    @JSProperty
    boolean isOk();

    @JSProperty
    int getStatus();

    @JSProperty
    String getStatusText();

    @JSProperty
    Headers getHeaders();

    /** The body as a stream of byte chunks; null where the answer has none. */
    @JSProperty
    ReadableStream getBody();

    JSPromise<JSString> text();

    JSPromise<ArrayBuffer> arrayBuffer();
}
