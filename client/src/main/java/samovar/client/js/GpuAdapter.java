package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;

/** {@code GPUAdapter}. Its features, limits and info are read through statics, since browsers differ in which exist. */
@JSClass(transparent = true)
public abstract class GpuAdapter implements JSObject {
    @JSBody(
            params = {"adapter", "feature"},
            script = "return adapter.features.has(feature);")
    public static native boolean hasFeature(GpuAdapter adapter, String feature);

    /** A limit as a number, 0 where the browser does not know it. */
    @JSBody(
            params = {"adapter", "limit"},
            script = "return Number(adapter.limits[limit] || 0);")
    public static native double limit(GpuAdapter adapter, String limit);

    /** One of {@code vendor}, {@code architecture}, {@code device}, {@code description}; empty where it is withheld. */
    @JSBody(
            params = {"adapter", "field"},
            script = "return String(adapter.info && adapter.info[field] || '');")
    public static native String info(GpuAdapter adapter, String field);

    /** Whether the browser itself says that this is software; newer ones say so in the adapter's info. */
    @JSBody(
            params = "adapter",
            script = "return Boolean(adapter.isFallbackAdapter || adapter.info && adapter.info.isFallbackAdapter);")
    public static native boolean isFallback(GpuAdapter adapter);
}
