package samovar.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.generate.FinishReason;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.json.Json;
import samovar.json.JsonWriter;

/**
 * A whole answer, {@code chat.completion}, with its one choice.
 *
 * @param id the completion's name, {@code chatcmpl-…}
 * @param createdSeconds since 1970-01-01T00:00:00Z
 * @param model the id of the model that answered
 * @param content the answer's text
 * @param tokenIds of the answer, where the request asked for them ({@code return_token_ids}), else empty
 * @param finishReason STOP or LENGTH
 * @param timings ours, or null
 * @param result ours, of a model that looks at pictures: a map from the task token to what was found, as {@link CaptionResponse} has
 *     it; else empty
 */
public record ChatCompletion(
        String id,
        long createdSeconds,
        String model,
        String content,
        List<Integer> tokenIds,
        FinishReason finishReason,
        Usage usage,
        Timings timings,
        Map<String, Object> result) {
    static final String RESULT = "result";

    public ChatCompletion {
        tokenIds = List.copyOf(tokenIds);
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    /** Without a result. */
    public ChatCompletion(
            String id,
            long createdSeconds,
            String model,
            String content,
            List<Integer> tokenIds,
            FinishReason finishReason,
            Usage usage,
            Timings timings) {
        this(id, createdSeconds, model, content, tokenIds, finishReason, usage, timings, Map.of());
    }

    /**
     * @throws WireException if the body is an error
     * @throws samovar.json.JsonException if it is neither a completion nor an error
     */
    public static ChatCompletion ofJson(Json json) {
        ErrorBody.find(json).ifPresent(error -> {
            throw new WireException(error);
        });
        Json choice = json.get("choices").get(0);
        return new ChatCompletion(
                json.get("id").asString(),
                json.get("created").asLong(0),
                json.get("model").asString(""),
                choice.get("message").get("content").asString(""),
                choice.get("token_ids").listOf(Json::asInt),
                FinishReason.ofLabel(choice.get("finish_reason").asString("stop")),
                UsageJson.findUsage(json),
                UsageJson.findTimings(json),
                members(json.get(RESULT)));
    }

    /** The members of an object as plain values; none where there is no object. */
    static Map<String, Object> members(Json object) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (object.isObject()) {
            for (String key : object.keys()) {
                members.put(key, object.get(key).raw());
            }
        }
        return members;
    }

    public String toJson() {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", content);
        message.put("refusal", null);
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("logprobs", null);
        choice.put("finish_reason", finishReason.label());
        if (!tokenIds.isEmpty()) {
            choice.put("token_ids", tokenIds);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("object", "chat.completion");
        body.put("created", createdSeconds);
        body.put("model", model);
        body.put("choices", List.of(choice));
        body.put(UsageJson.USAGE, UsageJson.toMap(usage));
        if (timings != null) {
            body.put(UsageJson.OURS, UsageJson.toMap(timings));
        }
        if (!result.isEmpty()) {
            body.put(RESULT, result);
        }
        return JsonWriter.write(body);
    }
}
