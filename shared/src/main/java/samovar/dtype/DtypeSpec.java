package samovar.dtype;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;

/**
 * What a caller asks: one dtype for all modules, or one per module, or {@code auto}. Names are kept as they came; the
 * planner checks them all at once, against the model's modules. Modules that a map leaves out are {@code auto}.
 *
 * <p>{@code DtypeSpec.of("q4")}, {@code DtypeSpec.of(Map.of("vision_encoder", "fp16"))}, {@code DtypeSpec.AUTO}.
 */
public final class DtypeSpec {
    static final String AUTO_NAME = "auto";

    /** Everything chosen by the planner. */
    public static final DtypeSpec AUTO = new DtypeSpec(AUTO_NAME, Map.of(), List.of());

    private final String all;
    private final Map<String, String> perModule;
    private final List<String> notes;

    private DtypeSpec(String all, Map<String, String> perModule, List<String> notes) {
        this.all = all;
        this.perModule = Collections.unmodifiableMap(new LinkedHashMap<>(perModule));
        this.notes = List.copyOf(notes);
    }

    /** One dtype for all modules; null is {@code auto}. */
    public static DtypeSpec of(String dtype) {
        return dtype == null ? AUTO : new DtypeSpec(dtype, Map.of(), List.of());
    }

    public static DtypeSpec of(Dtype dtype) {
        return of(dtype.label());
    }

    /** One dtype per module name, in the map's order. */
    public static DtypeSpec of(Map<String, String> perModule) {
        return new DtypeSpec(AUTO_NAME, perModule, List.of());
    }

    /** The old way of Transformers.js 2: true is q8, false is fp32. The plan notes that it is deprecated. */
    public static DtypeSpec ofQuantized(boolean quantized) {
        String dtype = quantized ? Dtype.Q8.label() : Dtype.FP32.label();
        return new DtypeSpec(
                dtype,
                Map.of(),
                List.of("quantized: " + quantized + " is deprecated and was read as dtype: \"" + dtype + "\""));
    }

    /**
     * Reads a name, an object from module to name, or nothing ({@code auto}).
     *
     * @throws DtypePlanException BAD_SPEC for any other shape
     */
    public static DtypeSpec ofJson(Json dtype) {
        if (dtype.isNull()) {
            return AUTO;
        }
        if (dtype.isString()) {
            return of(dtype.asString());
        }
        if (!dtype.isObject()) {
            throw badSpec(dtype);
        }
        Map<String, String> perModule = new LinkedHashMap<>();
        for (String module : dtype.keys()) {
            Json name = dtype.get(module);
            if (!name.isString()) {
                throw badSpec(name);
            }
            perModule.put(module, name.asString());
        }
        return of(perModule);
    }

    /** Reads {@code dtype} from an object of options, or else the old {@code quantized}. */
    public static DtypeSpec ofOptions(Json options) {
        Json quantized = options.get("quantized");
        if (quantized.isNull()) {
            return ofJson(options.get("dtype"));
        }
        if (!quantized.isBoolean()) {
            throw badSpec(quantized);
        }
        if (options.get("dtype").isNull()) {
            return ofQuantized(quantized.asBoolean());
        }
        DtypeSpec spec = ofJson(options.get("dtype"));
        return new DtypeSpec(
                spec.all, spec.perModule, List.of("quantized is deprecated; dtype was given too and counts"));
    }

    private static DtypePlanException badSpec(Json value) {
        List<String> allowed = List.of("a dtype", "an object from module to dtype", AUTO_NAME);
        return new DtypePlanException(List.of(new PlanFault(
                PlanFault.Kind.BAD_SPEC,
                "",
                String.valueOf(value.raw()),
                allowed,
                value.path() + ": a dtype is one name, or an object from module to name, or \"auto\"; names: "
                        + String.join(", ", Dtype.labels()))));
    }

    /** What is asked for one module; {@code auto} where nothing is. */
    public String asked(String module) {
        String own = perModule.get(module);
        return own != null ? own : all;
    }

    /** What is asked for all modules that {@link #perModule} leaves out. */
    public String all() {
        return all;
    }

    /** Module names with what is asked for each, in the caller's order; they may be unknown. */
    public Map<String, String> perModule() {
        return perModule;
    }

    /** True where nothing at all is asked. */
    public boolean isAuto() {
        return perModule.isEmpty() && all.equals(AUTO_NAME);
    }

    /** Remarks on how the request was made. */
    public List<String> notes() {
        return notes;
    }

    @Override
    public String toString() {
        return perModule.isEmpty() ? all : perModule.toString();
    }
}
