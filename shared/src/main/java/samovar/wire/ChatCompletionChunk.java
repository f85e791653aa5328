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
 * One piece of a streamed answer, {@code chat.completion.chunk}. In order a stream has one chunk with the role, chunks with text,
 * one with the finish reason, and, where the request asked for it, one with the usage and no choice.
 *
 * @param head what all chunks of one answer have in common
 * @param role {@code assistant} in the first chunk, else null
 * @param content text to be appended; null in chunks without any
 * @param tokenIds that gave the text, where the request asked for them ({@code return_token_ids}), else empty
 * @param finishReason STOP or LENGTH in the chunk that ends the answer, else null
 * @param usage in the last chunk where asked for, else null
 * @param timings ours, with the finish reason; or null
 * @param result ours, with the finish reason, as {@link ChatCompletion} has it; else empty
 */
public record ChatCompletionChunk(
        Head head,
        String role,
        String content,
        List<Integer> tokenIds,
        FinishReason finishReason,
        Usage usage,
        Timings timings,
        Map<String, Object> result) {
    /**
     * @param id the completion's name, {@code chatcmpl-…}
     * @param createdSeconds since 1970-01-01T00:00:00Z
     * @param model the id of the model that answers
     */
    public record Head(String id, long createdSeconds, String model) {}

    public ChatCompletionChunk {
        tokenIds = List.copyOf(tokenIds);
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    public static ChatCompletionChunk role(Head head) {
        return new ChatCompletionChunk(head, "assistant", "", List.of(), null, null, null, Map.of());
    }

    public static ChatCompletionChunk text(Head head, String content, List<Integer> tokenIds) {
        return new ChatCompletionChunk(head, null, content, tokenIds, null, null, null, Map.of());
    }

    /** @param remainingTokenIds those that no chunk with text had, an eos for example; empty unless asked for */
    public static ChatCompletionChunk finish(
            Head head, FinishReason reason, List<Integer> remainingTokenIds, Timings timings) {
        return new ChatCompletionChunk(head, null, null, remainingTokenIds, reason, null, timings, Map.of());
    }

    /** The same chunk with what a model found in a picture. */
    public ChatCompletionChunk withResult(Map<String, Object> found) {
        return new ChatCompletionChunk(head, role, content, tokenIds, finishReason, usage, timings, found);
    }

    public static ChatCompletionChunk usage(Head head, Usage usage) {
        return new ChatCompletionChunk(head, null, null, List.of(), null, usage, null, Map.of());
    }

    /**
     * @throws WireException if the chunk is an error, which a server sends when a run fails in mid-stream
     * @throws samovar.json.JsonException if it is neither a chunk nor an error
     */
    public static ChatCompletionChunk ofJson(Json json) {
        ErrorBody.find(json).ifPresent(error -> {
            throw new WireException(error);
        });
        Head head = new Head(
                json.get("id").asString(""),
                json.get("created").asLong(0),
                json.get("model").asString(""));
        Usage usage = UsageJson.findUsage(json);
        Timings timings = UsageJson.findTimings(json);
        Json choices = json.get("choices");
        if (choices.isNull() || choices.size() == 0) {
            return new ChatCompletionChunk(head, null, null, List.of(), null, usage, timings, Map.of());
        }
        Json choice = choices.get(0);
        Json delta = choice.get("delta");
        Json reason = choice.get("finish_reason");
        return new ChatCompletionChunk(
                head,
                delta.get("role").asString(null),
                delta.get("content").asString(null),
                choice.get("token_ids").listOf(Json::asInt),
                reason.isNull() ? null : FinishReason.ofLabel(reason.asString()),
                usage,
                timings,
                ChatCompletion.members(json.get(ChatCompletion.RESULT)));
    }

    public String toJson() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", head.id());
        body.put("object", "chat.completion.chunk");
        body.put("created", head.createdSeconds());
        body.put("model", head.model());
        body.put("choices", usage == null ? List.of(choice()) : List.of());
        if (usage != null) {
            body.put(UsageJson.USAGE, UsageJson.toMap(usage));
        }
        if (timings != null) {
            body.put(UsageJson.OURS, UsageJson.toMap(timings));
        }
        if (!result.isEmpty()) {
            body.put(ChatCompletion.RESULT, result);
        }
        return JsonWriter.write(body);
    }

    private Map<String, Object> choice() {
        Map<String, Object> delta = new LinkedHashMap<>();
        if (role != null) {
            delta.put("role", role);
        }
        if (content != null) {
            delta.put("content", content);
        }
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("logprobs", null);
        choice.put("finish_reason", finishReason == null ? null : finishReason.label());
        if (!tokenIds.isEmpty()) {
            choice.put("token_ids", tokenIds);
        }
        return choice;
    }
}
