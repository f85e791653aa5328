package samovar.client.js;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSString;

/** {@code InferenceSession} of onnxruntime-web. */
public interface OrtSession extends JSObject {
    @JSProperty
    JSArray<JSString> getInputNames();

    @JSProperty
    JSArray<JSString> getOutputNames();

    @JSProperty
    JSArray<OrtValueMetadata> getInputMetadata();

    @JSProperty
    JSArray<OrtValueMetadata> getOutputMetadata();
}
