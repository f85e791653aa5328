package samovar.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.json.Json;

/** How usage and timings stand in completions and chunks. Timings are our addition, under a name that other clients pass over. */
final class UsageJson {
    static final String USAGE = "usage";
    static final String OURS = "x_samovar";
    private static final String PREPROCESS = "preprocess_ms";

    private UsageJson() {}

    /** Null where there is none. */
    static Usage findUsage(Json completion) {
        Json json = completion.get(USAGE);
        if (json.isNull()) {
            return null;
        }
        return new Usage(
                json.get("prompt_tokens").asInt(), json.get("completion_tokens").asInt());
    }

    static Map<String, Object> toMap(Usage usage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("prompt_tokens", usage.promptTokens());
        map.put("completion_tokens", usage.completionTokens());
        map.put("total_tokens", usage.totalTokens());
        return map;
    }

    /** Null where the server is another one than ours. */
    static Timings findTimings(Json completion) {
        return findTimings(completion, OURS);
    }

    static Timings findTimings(Json completion, String key) {
        Json json = completion.get(key);
        if (json.isNull()) {
            return null;
        }
        return new Timings(
                json.get("first_token_ms").asDouble(0),
                json.get("total_ms").asDouble(0),
                json.get("tokens_per_second").asDouble(0),
                json.get(PREPROCESS).asDouble(0));
    }

    static Map<String, Object> toMap(Timings timings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("first_token_ms", rounded(timings.firstTokenMillis()));
        map.put("total_ms", rounded(timings.totalMillis()));
        map.put("tokens_per_second", rounded(timings.decodeTokensPerSecond()));
        return map;
    }

    /** Those of an answer about a picture. */
    static Map<String, Object> toMapWithPreprocessing(Timings timings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(PREPROCESS, rounded(timings.preprocessMillis()));
        map.putAll(toMap(timings));
        return map;
    }

    private static double rounded(double value) {
        return Math.floor(value * 100 + 0.5) / 100;
    }
}
