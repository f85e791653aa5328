package samovar.client.selftest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.ModelConfig;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypePlanner;
import samovar.dtype.DtypeSpec;
import samovar.hub.RepoListing;
import samovar.json.JsonWriter;

/** Plans of the documented repositories for three kinds of place, and what is said when there is none. */
final class DtypeCases {
    private static final String HUB = "shared/src/test/resources/hub/";
    private static final Map<String, String> REPOSITORIES = repositories();
    private static final DeviceCapabilities WITH_F16 =
            DeviceCapabilities.webgpu(true, false, "a card", 1L << 31, 1L << 30, 0);
    private static final DeviceCapabilities WITHOUT_F16 =
            DeviceCapabilities.webgpu(false, false, "a card", 1L << 31, 1L << 30, 0);

    private DtypeCases() {}

    private static Map<String, String> repositories() {
        Map<String, String> repositories = new LinkedHashMap<>();
        repositories.put(
                "onnx-community--Qwen2.5-0.5B-Instruct",
                "{\"model_type\":\"qwen2\",\"architectures\":[\"Qwen2ForCausalLM\"]}");
        repositories.put("onnx-community--Florence-2-base-ft", "{\"model_type\":\"florence2\"}");
        repositories.put(
                "HuggingFaceTB--SmolLM2-1.7B-Instruct",
                "{\"model_type\":\"llama\",\"transformers.js_config\":{\"dtype\":\"q4\",\"kv_cache_dtype\":{\"q4f16\":\"float16\"},"
                        + "\"use_external_data_format\":{\"model.onnx\":true}}}");
        return repositories;
    }

    static void run(Texts texts, Report report) {
        List<DtypeSpec> specs = List.of(
                DtypeSpec.AUTO,
                DtypeSpec.of("q4"),
                DtypeSpec.of("q4f16"),
                DtypeSpec.of("fp61"),
                DtypeSpec.ofQuantized(true),
                DtypeSpec.of(Map.of("decoder", "q4")));
        for (Map.Entry<String, String> repository : REPOSITORIES.entrySet()) {
            RepoListing listing = RepoListing.ofModelInfo(texts.json(HUB + repository.getKey() + ".json"));
            ModelConfig config = ModelConfig.parse(repository.getValue());
            for (DtypeSpec spec : specs) {
                String name = "dtype " + repository.getKey() + " " + spec;
                report.result(name + " with f16", plan(listing, config, spec, WITH_F16));
                report.result(name + " without f16", plan(listing, config, spec, WITHOUT_F16));
                report.result(name + " wasm", plan(listing, config, spec, DeviceCapabilities.wasm(1L << 32)));
            }
        }
    }

    private static String plan(
            RepoListing listing, ModelConfig config, DtypeSpec spec, DeviceCapabilities capabilities) {
        try {
            return JsonWriter.write(
                    DtypePlanner.plan(listing, config, spec, null, capabilities).toJson());
        } catch (DtypePlanException e) {
            return e.getMessage();
        }
    }
}
