package samovar.dtype;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.ModelFamily;
import samovar.hub.RepoId;
import samovar.json.Json;

/**
 * Everything about the weights of one model in one place, final before any of them move: progress, caches, the page's
 * table and both runtimes read the same plan.
 *
 * @param commit the version of the repository whose files these are
 * @param device where the modules run
 * @param modules in the order of the family
 * @param notes what was decided on the way, in words for people
 * @param warnings what may disappoint, in words for people
 * @param kvCacheDtype element type of the KV cache by {@code transformers.js_config}, {@code float16} or {@code float32};
 *     null where it says nothing. The session's own metadata decides where they differ.
 * @param freeDimensionOverrides sizes for symbolic dimensions by {@code transformers.js_config}, in its order; often empty
 */
public record DtypePlan(
        RepoId repo,
        String commit,
        Device device,
        ModelFamily family,
        List<PlannedModule> modules,
        List<String> notes,
        List<String> warnings,
        String kvCacheDtype,
        Map<String, Long> freeDimensionOverrides) {
    public DtypePlan {
        modules = List.copyOf(modules);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
        freeDimensionOverrides = Collections.unmodifiableMap(new LinkedHashMap<>(freeDimensionOverrides));
    }

    /** Bytes of all files of all modules. */
    public long totalBytes() {
        long total = 0;
        for (PlannedModule module : modules) {
            total += module.sizeBytes();
        }
        return total;
    }

    /** All files, module by module. */
    public List<PlannedFile> files() {
        List<PlannedFile> files = new ArrayList<>();
        for (PlannedModule module : modules) {
            files.addAll(module.files());
        }
        return files;
    }

    /**
     * The module of this name.
     *
     * @throws DtypePlanException UNKNOWN_MODULE, listing the plan's modules
     */
    public PlannedModule module(String name) {
        List<String> names = new ArrayList<>();
        for (PlannedModule module : modules) {
            if (module.name().equals(name)) {
                return module;
            }
            names.add(module.name());
        }
        throw new DtypePlanException(List.of(PlanFault.unknownModule(name, names)));
    }

    /** For {@link samovar.json.JsonWriter}; {@link #ofJson} reads it back. */
    public Map<String, Object> toJson() {
        return PlanJson.write(this);
    }

    /** Reads what {@link #toJson} wrote. */
    public static DtypePlan ofJson(Json json) {
        return PlanJson.read(json);
    }
}
