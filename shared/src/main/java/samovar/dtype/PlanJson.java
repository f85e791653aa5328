package samovar.dtype;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.ModelFamily;
import samovar.hub.RepoId;
import samovar.json.Json;

/** The JSON form of a plan, in which it crosses from server to page and from worker to page. */
final class PlanJson {
    private PlanJson() {}

    static Map<String, Object> write(DtypePlan plan) {
        List<Object> modules = new ArrayList<>();
        for (PlannedModule module : plan.modules()) {
            modules.add(write(module));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("repo", plan.repo().toString());
        json.put("commit", plan.commit());
        json.put("device", plan.device().label());
        json.put("family", plan.family().label());
        json.put("total_bytes", plan.totalBytes());
        json.put("modules", modules);
        json.put("notes", plan.notes());
        json.put("warnings", plan.warnings());
        json.put("kv_cache_dtype", plan.kvCacheDtype());
        json.put("free_dimension_overrides", plan.freeDimensionOverrides());
        return json;
    }

    private static Map<String, Object> write(PlannedModule module) {
        List<Object> files = new ArrayList<>();
        for (PlannedFile file : module.files()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("path", file.path());
            entry.put("size", file.sizeBytes());
            entry.put("sha256", file.sha256());
            if (file.blobId() != null) {
                entry.put("blob_id", file.blobId());
            }
            files.add(entry);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", module.name());
        json.put("dtype", module.dtype().label());
        json.put("device", module.device().label());
        json.put("size", module.sizeBytes());
        json.put("files", files);
        json.put("reason", module.reason());
        return json;
    }

    static DtypePlan read(Json json) {
        Map<String, Long> overrides = new LinkedHashMap<>();
        Json dimensions = json.get("free_dimension_overrides");
        for (String name : dimensions.keys()) {
            overrides.put(name, dimensions.get(name).asLong());
        }
        return new DtypePlan(
                RepoId.of(json.get("repo").asString()),
                json.get("commit").asString(),
                device(json.get("device")),
                ModelFamily.of(json.get("family").asString()),
                json.get("modules").listOf(PlanJson::readModule),
                json.get("notes").listOf(Json::asString),
                json.get("warnings").listOf(Json::asString),
                json.get("kv_cache_dtype").asString(null),
                overrides);
    }

    private static PlannedModule readModule(Json json) {
        return new PlannedModule(
                json.get("name").asString(),
                Dtype.of(json.get("dtype").asString()),
                device(json.get("device")),
                json.get("files").listOf(PlanJson::readFile),
                json.get("reason").asString());
    }

    private static PlannedFile readFile(Json json) {
        return new PlannedFile(
                json.get("path").asString(),
                json.get("size").asLong(),
                json.get("sha256").asString(null),
                json.get("blob_id").asString(null));
    }

    private static Device device(Json json) {
        return Device.find(json.asString())
                .orElseThrow(() -> json.fault("expected one of " + Device.labels(List.of(Device.values()))));
    }
}
