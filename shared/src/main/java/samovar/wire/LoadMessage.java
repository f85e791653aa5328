package samovar.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.runtime.LoadEvent;

/**
 * How the loading of a model goes on, as the data of one server-sent event of {@code POST /v1/models/{org}/{name}/load}. The stream
 * ends after READY, or after an {@link ErrorBody}.
 */
public final class LoadMessage {
    private LoadMessage() {}

    public static String write(LoadEvent event) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("phase", event.phase().label());
        message.put("module", event.module());
        message.put("loaded_bytes", event.loadedBytes());
        message.put("total_bytes", event.totalBytes());
        message.put("from_cache", event.fromCache());
        return JsonWriter.write(message);
    }

    /**
     * @throws WireException if the message is an error
     * @throws samovar.json.JsonException if it is neither
     */
    public static LoadEvent read(Json message) {
        ErrorBody.find(message).ifPresent(error -> {
            throw new WireException(error);
        });
        return new LoadEvent(
                phase(message.get("phase")),
                message.get("module").asString(""),
                message.get("loaded_bytes").asLong(0),
                message.get("total_bytes").asLong(0),
                message.get("from_cache").asBoolean(false));
    }

    private static LoadEvent.Phase phase(Json label) {
        for (LoadEvent.Phase phase : LoadEvent.Phase.values()) {
            if (phase.label().equals(label.asString())) {
                return phase;
            }
        }
        throw label.fault("expected a phase of loading");
    }
}
