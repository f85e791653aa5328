package samovar.client.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.DtypePlanException;
import samovar.dtype.PlanFault;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.runtime.LoadEvent;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;
import samovar.task.TaskException;

/**
 * The forms of what page and worker tell each other, each a JSON object with a {@code type} and the {@code id} of the request that it
 * belongs to. To the worker: {@code probe}, {@code plan}, {@code load}, {@code chat},
 * {@code caption} (the picture's bytes come beside it), {@code cancel}. From it: {@code ready} once,
 * then any number of {@code progress} or {@code delta} and exactly one of {@code capabilities}, {@code plan}, {@code loaded}, {@code
 * finished}, {@code plan_error}, {@code error} per request.
 */
final class Messages {
    static final String READY = "ready";
    static final String PROBE = "probe";
    static final String CAPABILITIES = "capabilities";
    static final String PLAN = "plan";
    static final String PLAN_ERROR = "plan_error";
    static final String LOAD = "load";
    static final String PROGRESS = "progress";
    static final String LOADED = "loaded";
    static final String CHAT = "chat";
    static final String CAPTION = "caption";
    static final String DELTA = "delta";
    static final String FINISHED = "finished";
    static final String CANCEL = "cancel";
    static final String ERROR = "error";

    private Messages() {}

    /** @throws samovar.json.JsonException if a request is of another type than the worker's model answers */
    static void require(Json request, String type) {
        if (!request.get("type").asString().equals(type)) {
            throw request.get("type").fault("this worker's model answers " + type);
        }
    }

    static Map<String, Object> of(String type, int id) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("id", id);
        return message;
    }

    static String text(Map<String, Object> message) {
        return JsonWriter.write(message);
    }

    static Map<String, Object> capabilities(int id, DeviceCapabilities capabilities) {
        Map<String, Object> message = of(CAPABILITIES, id);
        List<String> available = new ArrayList<>();
        for (Device device : capabilities.available()) {
            available.add(device.label());
        }
        message.put("device", capabilities.device().label());
        message.put("shader_f16", capabilities.shaderF16());
        message.put("software_adapter", capabilities.softwareAdapter());
        message.put("adapter", capabilities.adapter());
        message.put("max_buffer_bytes", capabilities.maxBufferBytes());
        message.put("max_storage_buffer_binding_bytes", capabilities.maxStorageBufferBindingBytes());
        message.put("memory_bytes", capabilities.memoryBytes());
        message.put("available", available);
        return message;
    }

    static DeviceCapabilities capabilities(Json message) {
        return new DeviceCapabilities(
                device(message.get("device")),
                message.get("shader_f16").asBoolean(),
                message.get("software_adapter").asBoolean(),
                message.get("adapter").asString(),
                message.get("max_buffer_bytes").asLong(),
                message.get("max_storage_buffer_binding_bytes").asLong(),
                message.get("memory_bytes").asLong(),
                message.get("available").listOf(Messages::device));
    }

    private static Device device(Json label) {
        return Device.find(label.asString()).orElseThrow(() -> label.fault("unknown device"));
    }

    static Map<String, Object> progress(int id, LoadEvent event) {
        Map<String, Object> message = of(PROGRESS, id);
        message.put("phase", event.phase().label());
        message.put("module", event.module());
        message.put("loaded_bytes", event.loadedBytes());
        message.put("total_bytes", event.totalBytes());
        message.put("from_cache", event.fromCache());
        return message;
    }

    static LoadEvent progress(Json message) {
        String label = message.get("phase").asString();
        for (LoadEvent.Phase phase : LoadEvent.Phase.values()) {
            if (phase.label().equals(label)) {
                return new LoadEvent(
                        phase,
                        message.get("module").asString(),
                        message.get("loaded_bytes").asLong(),
                        message.get("total_bytes").asLong(),
                        message.get("from_cache").asBoolean());
            }
        }
        throw message.get("phase").fault("unknown phase " + label);
    }

    static Map<String, Object> delta(int id, GenerationEvent.Delta delta) {
        Map<String, Object> message = of(DELTA, id);
        message.put("text", delta.text());
        message.put("token_ids", delta.tokenIds());
        return message;
    }

    static GenerationEvent.Delta delta(Json message) {
        return new GenerationEvent.Delta(
                message.get("text").asString(), message.get("token_ids").listOf(Json::asInt));
    }

    /** @param cachedTokens how many of the prompt's tokens were in the KV cache already */
    static Map<String, Object> finished(int id, GenerationEvent.Finished finished, int cachedTokens) {
        Map<String, Object> message = of(FINISHED, id);
        message.put("text", finished.text());
        message.put("token_ids", finished.tokenIds());
        message.put("reason", finished.reason().label());
        message.put("prompt_tokens", finished.usage().promptTokens());
        message.put("cached_tokens", cachedTokens);
        message.put("completion_tokens", finished.usage().completionTokens());
        message.put("first_token_millis", finished.timings().firstTokenMillis());
        message.put("total_millis", finished.timings().totalMillis());
        message.put("decode_tokens_per_second", finished.timings().decodeTokensPerSecond());
        message.put("preprocess_millis", finished.timings().preprocessMillis());
        return message;
    }

    static GenerationEvent.Finished finished(Json message) {
        return new GenerationEvent.Finished(
                message.get("text").asString(),
                message.get("token_ids").listOf(Json::asInt),
                FinishReason.ofLabel(message.get("reason").asString()),
                new Usage(
                        message.get("prompt_tokens").asInt(),
                        message.get("completion_tokens").asInt()),
                new Timings(
                        message.get("first_token_millis").asDouble(),
                        message.get("total_millis").asDouble(),
                        message.get("decode_tokens_per_second").asDouble(),
                        message.get("preprocess_millis").asDouble()));
    }

    /** The end of a caption: that of a chat, with what was found. */
    static Map<String, Object> caption(int id, CaptionAnswer answer) {
        Map<String, Object> message = finished(id, answer.finished(), 0);
        message.put("task", answer.task());
        message.put("result", answer.result().toJson());
        message.put("width", answer.size().width());
        message.put("height", answer.size().height());
        return message;
    }

    static CaptionAnswer caption(Json message) {
        return new CaptionAnswer(
                message.get("task").asString(),
                CaptionResult.ofJson(message.get("result")),
                new ImageSize(
                        message.get("width").asInt(), message.get("height").asInt()),
                finished(message));
    }

    static Map<String, Object> error(int id, TaskException error) {
        Map<String, Object> message = of(ERROR, id);
        message.put("kind", error.kind().label());
        message.put("problem", error.problem());
        message.put("next_step", error.nextStep());
        return message;
    }

    static TaskException error(Json message) {
        return new TaskException(
                TaskException.Kind.ofLabel(message.get("kind").asString()),
                message.get("problem").asString(),
                message.get("next_step").asString());
    }

    static Map<String, Object> planError(int id, DtypePlanException error) {
        List<Object> faults = new ArrayList<>();
        for (PlanFault fault : error.faults()) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("kind", fault.kind().name());
            written.put("module", fault.module());
            written.put("asked", fault.asked());
            written.put("allowed", fault.allowed());
            written.put("message", fault.message());
            faults.add(written);
        }
        Map<String, Object> message = of(PLAN_ERROR, id);
        message.put("faults", faults);
        return message;
    }

    static DtypePlanException planError(Json message) {
        return new DtypePlanException(message.get("faults")
                .listOf(fault -> new PlanFault(
                        PlanFault.Kind.valueOf(fault.get("kind").asString()),
                        fault.get("module").asString(),
                        fault.get("asked").asString(),
                        fault.get("allowed").listOf(Json::asString),
                        fault.get("message").asString())));
    }
}
