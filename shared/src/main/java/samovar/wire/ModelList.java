package samovar.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;
import samovar.json.JsonWriter;

/** The answer of {@code GET /v1/models}: the models that the server has, the one to begin with first. */
public record ModelList(List<Entry> models) {
    public ModelList {
        models = List.copyOf(models);
    }

    /** Where a model stands on the server. */
    public enum State {
        /** Loaded, answers at once. */
        READY,
        LOADING,
        /** On the server's disk; the first request loads it. */
        AVAILABLE;

        public String label() {
            return switch (this) {
                case READY -> "ready";
                case LOADING -> "loading";
                case AVAILABLE -> "available";
            };
        }

        static State ofLabel(String label) {
            for (State state : values()) {
                if (state.label().equals(label)) {
                    return state;
                }
            }
            return AVAILABLE;
        }
    }

    /**
     * One model. All but id and time is our addition, under {@code x_samovar}, and has its neutral value where another server
     * answers.
     *
     * @param id the repository's, {@code org/name}
     * @param createdSeconds since 1970-01-01T00:00:00Z
     * @param family as {@link samovar.config.ModelFamily#label()} has it; empty where not known
     * @param dtypes that the server's CPU runs, in {@link samovar.dtype.Dtype}'s order, by their labels
     * @param dtype what the server uses where a request asks for none, a label, or labels by module; empty where not known
     * @param sizeBytes of those weights; 0 where not known
     * @param contextTokens most tokens of prompt and answer together; 0 where not known
     */
    public record Entry(
            String id,
            long createdSeconds,
            State state,
            String family,
            List<String> dtypes,
            String dtype,
            long sizeBytes,
            int contextTokens) {
        public Entry {
            dtypes = List.copyOf(dtypes);
        }

        /** Reads one entry, which is also the answer of {@code GET /v1/models/{id}}. */
        public static Entry ofJson(Json json) {
            Json ours = json.get(UsageJson.OURS);
            return new Entry(
                    json.get("id").asString(),
                    json.get("created").asLong(0),
                    State.ofLabel(ours.get("state").asString("")),
                    ours.get("family").asString(""),
                    ours.get("dtypes").listOf(Json::asString),
                    ours.get("dtype").asString(""),
                    ours.get("size_bytes").asLong(0),
                    ours.get("context_tokens").asInt(0));
        }

        public Map<String, Object> toMap() {
            Map<String, Object> ours = new LinkedHashMap<>();
            ours.put("state", state.label());
            ours.put("family", family);
            ours.put("dtypes", dtypes);
            ours.put("dtype", dtype);
            ours.put("size_bytes", sizeBytes);
            ours.put("context_tokens", contextTokens);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", id);
            entry.put("object", "model");
            entry.put("created", createdSeconds);
            entry.put("owned_by", id.indexOf('/') < 0 ? id : id.substring(0, id.indexOf('/')));
            entry.put(UsageJson.OURS, ours);
            return entry;
        }
    }

    public static ModelList ofJson(Json json) {
        return new ModelList(json.get("data").listOf(Entry::ofJson));
    }

    public String toJson() {
        List<Object> data = new ArrayList<>();
        for (Entry entry : models) {
            data.add(entry.toMap());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", "list");
        body.put("data", data);
        return JsonWriter.write(body);
    }
}
