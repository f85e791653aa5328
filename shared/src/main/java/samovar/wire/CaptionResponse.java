package samovar.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;

/**
 * The answer of {@code POST /v1/captions}: {@code {"task", "text", "result", "usage", "timings"}}.
 *
 * @param task the token of the task that was run
 * @param text the model's words, without special tokens
 * @param result stands under {@code result} as the reference has it, in a map from the task token
 */
public record CaptionResponse(String task, String text, CaptionResult result, Usage usage, Timings timings) {
    public static CaptionResponse of(CaptionAnswer answer) {
        return new CaptionResponse(
                answer.task(),
                answer.finished().text(),
                answer.result(),
                answer.finished().usage(),
                answer.finished().timings());
    }

    /**
     * @throws WireException if the body is an error
     * @throws samovar.json.JsonException if it is neither an answer nor an error
     */
    public static CaptionResponse ofJson(Json json) {
        ErrorBody.find(json).ifPresent(error -> {
            throw new WireException(error);
        });
        String task = json.get("task").asString();
        return new CaptionResponse(
                task,
                json.get("text").asString(""),
                CaptionResult.ofJson(json.get("result").get(task)),
                UsageJson.findUsage(json),
                UsageJson.findTimings(json, "timings"));
    }

    public String toJson() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(task, result.toJson());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("task", task);
        body.put("text", text);
        body.put("result", results);
        body.put(UsageJson.USAGE, UsageJson.toMap(usage));
        body.put("timings", UsageJson.toMap(timings));
        return JsonWriter.write(body);
    }
}
