package samovar.wire;

import java.util.Map;
import java.util.Optional;
import samovar.json.Json;
import samovar.json.JsonWriter;

/**
 * One piece of a streamed answer of {@code POST /v1/captions}, {@code {"delta":"A red"}}. A stream has these, then the whole {@link
 * CaptionResponse}, then {@code [DONE]}.
 *
 * @param text to be appended to the model's words
 */
public record CaptionDelta(String text) {
    /**
     * Reads an event's data; empty where it is the whole answer.
     *
     * @throws WireException if it is an error, which a server sends when a run fails in mid-stream
     */
    public static Optional<CaptionDelta> find(Json data) {
        ErrorBody.find(data).ifPresent(error -> {
            throw new WireException(error);
        });
        Json text = data.get("delta");
        return text.isString() ? Optional.of(new CaptionDelta(text.asString())) : Optional.empty();
    }

    public String toJson() {
        return JsonWriter.write(Map.of("delta", text));
    }
}
