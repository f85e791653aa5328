package samovar.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.dtype.PlanFault;
import samovar.json.Json;
import samovar.json.JsonWriter;

/**
 * The answer of {@code GET /v1/models/{org}/{name}/plan?dtype=…}: what the server's CPU would use for a model, or all that
 * stands against it. No weights move for it.
 *
 * @param id the repository's, {@code org/name}
 * @param plan null where there are faults
 * @param faults each a whole sentence with what is allowed and what to try; empty where there is a plan
 * @param available module to dtype label to bytes, the dtypes that the repository holds
 * @param state of the plan's weights
 * @param contextTokens most tokens of prompt and answer together; 0 where not known
 * @param device what the server computes with, in words for people
 */
public record ModelPlan(
        String id,
        DtypePlan plan,
        List<String> faults,
        Map<String, Map<String, Long>> available,
        ModelList.State state,
        int contextTokens,
        String device) {
    public ModelPlan {
        faults = List.copyOf(faults);
        if ((plan == null) == faults.isEmpty()) {
            throw new IllegalArgumentException("a plan or faults, one of the two: " + plan + ", " + faults);
        }
    }

    /** The faults of a refusal, as sentences. */
    public static List<String> faults(DtypePlanException refusal) {
        List<String> faults = new ArrayList<>();
        for (PlanFault fault : refusal.faults()) {
            faults.add(fault.message());
        }
        return faults;
    }

    public static ModelPlan ofJson(Json json) {
        Map<String, Map<String, Long>> available = new LinkedHashMap<>();
        Json modules = json.get("available");
        for (String module : modules.keys()) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            for (String dtype : modules.get(module).keys()) {
                sizes.put(dtype, modules.get(module).get(dtype).asLong());
            }
            available.put(module, sizes);
        }
        return new ModelPlan(
                json.get("id").asString(),
                json.get("plan").isNull() ? null : DtypePlan.ofJson(json.get("plan")),
                json.get("faults").listOf(Json::asString),
                available,
                ModelList.State.ofLabel(json.get("state").asString("")),
                json.get("context_tokens").asInt(0),
                json.get("device").asString(""));
    }

    public String toJson() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("object", "model.plan");
        body.put("plan", plan == null ? null : plan.toJson());
        body.put("faults", faults);
        body.put("available", available);
        body.put("state", state.label());
        body.put("context_tokens", contextTokens);
        body.put("device", device);
        return JsonWriter.write(body);
    }
}
