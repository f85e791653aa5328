package samovar.dtype;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.ModelConfig;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;

/**
 * Which dtypes a repository holds for each module of its model, with their sizes. Other ONNX files (other exports,
 * optimization levels, parts that the family does not use) are left out. Immutable.
 */
public final class AvailableDtypes {
    private final RepoListing listing;
    private final Map<String, Map<Dtype, ModuleFiles>> byModule = new LinkedHashMap<>();

    AvailableDtypes(RepoListing listing, List<String> modules, ExternalData externalData) {
        this.listing = listing;
        for (String module : modules) {
            Map<Dtype, ModuleFiles> files = new EnumMap<>(Dtype.class);
            for (Dtype dtype : Dtype.values()) {
                files.put(dtype, ModuleFiles.find(listing, module, dtype, externalData));
            }
            byModule.put(module, files);
        }
    }

    /**
     * Reads a listing.
     *
     * @throws samovar.json.JsonException if the config's {@code use_external_data_format} is malformed
     */
    public static AvailableDtypes of(RepoListing listing, ModelConfig config) {
        return new AvailableDtypes(
                listing, config.family().modules(), JsConfig.of(config).externalData());
    }

    /** The family's modules, in the order in which they run. */
    public List<String> modules() {
        return List.copyOf(byModule.keySet());
    }

    /** The dtypes that a module is wholly there in, in the order of the constants. */
    public List<Dtype> dtypes(String module) {
        List<Dtype> dtypes = new ArrayList<>();
        for (Dtype dtype : Dtype.values()) {
            if (files(module, dtype).isComplete()) {
                dtypes.add(dtype);
            }
        }
        return dtypes;
    }

    /** Bytes of a module in a dtype, graph and external data together; 0 where it is not wholly there. */
    public long sizeBytes(String module, Dtype dtype) {
        ModuleFiles files = files(module, dtype);
        return files.isComplete() ? files.sizeBytes() : 0;
    }

    /** For {@link samovar.json.JsonWriter}: module to dtype to bytes. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String module : modules()) {
            Map<String, Object> sizes = new LinkedHashMap<>();
            for (Dtype dtype : dtypes(module)) {
                sizes.put(dtype.label(), sizeBytes(module, dtype));
            }
            json.put(module, sizes);
        }
        return json;
    }

    ModuleFiles files(String module, Dtype dtype) {
        Map<Dtype, ModuleFiles> files = byModule.get(module);
        if (files == null) {
            throw new DtypePlanException(List.of(PlanFault.unknownModule(module, modules())));
        }
        return files.get(dtype);
    }

    /** What there is for a module, in words: {@code fp32 (2.0 GB), q4 (786 MB)}, or what the repository holds instead. */
    String describe(String module) {
        List<String> words = new ArrayList<>();
        for (Dtype dtype : dtypes(module)) {
            words.add(dtype.label() + " (" + ByteSize.text(sizeBytes(module, dtype)) + ")");
        }
        return words.isEmpty() ? "nothing for this module" + otherGraphs() : String.join(", ", words);
    }

    private String otherGraphs() {
        List<String> paths = new ArrayList<>();
        for (RepoFile file : listing.files()) {
            if (file.path().endsWith(".onnx") && paths.size() < 8) {
                paths.add(file.path());
            }
        }
        return paths.isEmpty()
                ? " and no ONNX file at all; look for a converted repository, for example under onnx-community/"
                : "; its ONNX files are " + String.join(", ", paths) + (paths.size() == 8 ? ", …" : "");
    }
}
