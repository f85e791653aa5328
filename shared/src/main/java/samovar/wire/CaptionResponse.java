package samovar.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.generate.FinishReason;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;

/**
 * The answer of {@code POST /v1/captions}: {@code {"task", "text", "result", "usage", "timings",
 * "finish_reason", "image"}}.
 *
 * @param task the token of the task that was run
 * @param text the model's words, without special tokens
 * @param result stands under {@code result} as the reference has it, in a map from the task token
 * @param reason why the words end; STOP where the body does not tell
 * @param size of the picture, upright; null where the body does not tell
 */
public record CaptionResponse(
        String task,
        String text,
        CaptionResult result,
        FinishReason reason,
        Usage usage,
        Timings timings,
        ImageSize size) {
    public static CaptionResponse of(CaptionAnswer answer) {
        return new CaptionResponse(
                answer.task(),
                answer.finished().text(),
                answer.result(),
                answer.finished().reason(),
                answer.finished().usage(),
                answer.finished().timings(),
                answer.size());
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
                FinishReason.ofLabel(json.get("finish_reason").asString(FinishReason.STOP.label())),
                UsageJson.findUsage(json),
                UsageJson.findTimings(json, "timings"),
                size(json.get("image")));
    }

    private static ImageSize size(Json image) {
        return image.isNull()
                ? null
                : new ImageSize(image.get("width").asInt(), image.get("height").asInt());
    }

    public String toJson() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(task, result.toJson());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("task", task);
        body.put("text", text);
        body.put("result", results);
        body.put(UsageJson.USAGE, UsageJson.toMap(usage));
        body.put("timings", UsageJson.toMapWithPreprocessing(timings));
        body.put("finish_reason", reason.label());
        if (size != null) {
            Map<String, Object> image = new LinkedHashMap<>();
            image.put("width", size.width());
            image.put("height", size.height());
            body.put("image", image);
        }
        return JsonWriter.write(body);
    }
}
