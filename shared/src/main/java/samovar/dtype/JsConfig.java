package samovar.dtype;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.config.ModelConfig;
import samovar.json.Json;

/**
 * {@code transformers.js_config} of config.json, seen from one device: what {@code device_config} says for that device
 * replaces, key by key, what stands beside it.
 */
final class JsConfig {
    private static final String NAME = "transformers.js_config";
    private static final List<String> KV_CACHE_DTYPES = List.of("float32", "float16");

    private final Json base;
    private final Json overlay;
    private final String overlayName;

    private JsConfig(Json base, Json overlay, String overlayName) {
        this.base = base;
        this.overlay = overlay;
        this.overlayName = overlayName;
    }

    /** Without the overlay of a device. */
    static JsConfig of(ModelConfig config) {
        Json base = config.json().get(NAME);
        return new JsConfig(base, Json.of(null, NAME), NAME);
    }

    static JsConfig of(ModelConfig config, Device device) {
        Json base = config.json().get(NAME);
        return new JsConfig(
                base, base.get("device_config").get(device.label()), NAME + ".device_config." + device.label());
    }

    /** The device that the model's authors prefer; empty where they name none, or one per module. */
    Optional<String> device() {
        Json device = base.get("device");
        return device.isString() ? Optional.of(device.asString()) : Optional.empty();
    }

    boolean namesDevicePerModule() {
        return base.get("device").isObject();
    }

    /** The dtype for a module as it stands there; null where nothing is said, or {@code auto}. */
    String dtype(String module) {
        Json dtype = get("dtype");
        Json own = dtype.isObject() ? dtype.get(module) : dtype;
        String name = own.asString(null);
        return DtypeSpec.AUTO_NAME.equals(name) ? null : name;
    }

    /** Where {@link #dtype} was read, for reasons. */
    String dtypeSource() {
        return overlay.get("dtype").isNull() ? NAME : overlayName;
    }

    ExternalData externalData() {
        return new ExternalData(get("use_external_data_format"));
    }

    /** The KV cache's element type for a decoder of this dtype, null where nothing is said. */
    String kvCacheDtype(Dtype dtype) {
        Json said = get("kv_cache_dtype");
        if (said.isNull() || said.isBoolean()) {
            return null;
        }
        Json own = said.isObject() ? said.get(dtype.label()) : said;
        // A map that leaves the dtype out means float32, as in Transformers.js.
        String name = own.asString("float32");
        if (!KV_CACHE_DTYPES.contains(name)) {
            throw own.fault("unknown kv_cache_dtype \"" + name + "\"; valid: " + String.join(", ", KV_CACHE_DTYPES));
        }
        return name;
    }

    Map<String, Long> freeDimensionOverrides() {
        Json said = get("free_dimension_overrides");
        Map<String, Long> overrides = new LinkedHashMap<>();
        if (!said.isNull()) {
            for (String dimension : said.keys()) {
                overrides.put(dimension, said.get(dimension).asLong());
            }
        }
        return overrides;
    }

    private Json get(String key) {
        Json own = overlay.get(key);
        return own.isNull() ? base.get(key) : own;
    }
}
