package samovar.dtype;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;

/**
 * One reason why a plan cannot be made.
 *
 * @param module the module concerned; empty where the fault concerns the whole model
 * @param asked what the caller or the configuration asked for
 * @param allowed what would be accepted in its place; empty where nothing would
 * @param message what was asked, where, what is allowed and what to try
 */
public record PlanFault(Kind kind, String module, String asked, List<String> allowed, String message) {
    /** What kind of fault. */
    public enum Kind {
        UNKNOWN_DTYPE,
        UNKNOWN_MODULE,
        /** The specification is neither a name nor a map of names. */
        BAD_SPEC,
        DEVICE_NOT_OFFERED,
        FILE_MISSING,
        EXTERNAL_DATA_MISSING,
        NEEDS_SHADER_F16,
        TOO_LARGE,
        /** No dtype of the lists exists and can run. */
        NOTHING_RUNS,
        /** {@code transformers.js_config} holds a value of a wrong type. */
        BAD_CONFIG
    }

    public PlanFault {
        allowed = List.copyOf(allowed);
    }

    /** For {@link samovar.json.JsonWriter}; {@link #ofJson} reads it back. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.name());
        json.put("module", module);
        json.put("asked", asked);
        json.put("allowed", allowed);
        json.put("message", message);
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static PlanFault ofJson(Json json) {
        return new PlanFault(
                kind(json.get("kind")),
                json.get("module").asString(),
                json.get("asked").asString(),
                json.get("allowed").listOf(Json::asString),
                json.get("message").asString());
    }

    private static Kind kind(Json name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name.asString())) {
                return kind;
            }
        }
        throw name.fault("no kind of plan fault");
    }

    static PlanFault unknownDtype(String module, String asked) {
        List<String> allowed = new ArrayList<>(Dtype.labels());
        allowed.add(DtypeSpec.AUTO_NAME);
        return new PlanFault(
                Kind.UNKNOWN_DTYPE,
                module,
                asked,
                allowed,
                prefix(module) + "unknown dtype \"" + asked + "\"; valid: " + String.join(", ", allowed));
    }

    static PlanFault unknownModule(String asked, List<String> modules) {
        return new PlanFault(
                Kind.UNKNOWN_MODULE,
                asked,
                asked,
                modules,
                "unknown module \"" + asked + "\"; this model has: " + String.join(", ", modules));
    }

    static String prefix(String module) {
        return module.isEmpty() ? "" : module + ": ";
    }
}
