package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** What a session says about one input or output. */
@JSClass(transparent = true)
public abstract class OrtValueMetadata implements JSObject {
    @JSProperty
    public abstract String getName();

    @JSProperty("isTensor")
    public abstract boolean isTensor();

    /** The element type, {@code float32} for example; only of tensors. */
    @JSProperty
    public abstract String getType();

    @JSBody(params = "metadata", script = "return metadata.shape.length;")
    public static native int rank(OrtValueMetadata metadata);

    /** The size of an axis; -1 where it is symbolic. */
    @JSBody(
            params = {"metadata", "axis"},
            script = "var d = metadata.shape[axis]; return typeof d === 'number' ? d : -1;")
    public static native int dimension(OrtValueMetadata metadata, int axis);
}
