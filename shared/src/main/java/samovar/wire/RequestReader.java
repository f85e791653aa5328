package samovar.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.json.JsonWriter;

/** Reads a whole chat completion request, and refuses by name what this server would otherwise silently not do. */
final class RequestReader {
    private static final List<String> OWN_FIELDS = List.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "chat_template_kwargs",
            "return_token_ids",
            "dtype");

    /** Accepted without effect: they say nothing about the answer's text, or are hints. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "parallel_tool_calls",
            "reasoning_effort",
            "verbosity",
            "prediction");

    /** Fields of OpenAI's that are not implemented, each with the only values that ask for nothing. */
    private static final Map<String, List<Object>> ONLY_NEUTRAL = onlyNeutral();

    private final RequestFields fields;

    private RequestReader(RequestFields fields) {
        this.fields = fields;
    }

    static ChatCompletionRequest read(Json json) {
        if (!json.isObject()) {
            throw new WireException(ErrorBody.invalid(
                    null, "Invalid body: expected a JSON object, found " + RequestFields.shown(json)));
        }
        RequestFields fields = new RequestFields(json);
        ChatCompletionRequest request = new RequestReader(fields).read(json.keys());
        fields.throwIfFaulty();
        return request;
    }

    private static Map<String, List<Object>> onlyNeutral() {
        Map<String, List<Object>> neutral = new LinkedHashMap<>();
        neutral.put("n", List.of(1L));
        neutral.put("logprobs", List.of(false));
        neutral.put("top_logprobs", List.of(0L));
        neutral.put("frequency_penalty", List.of(0L, 0.0));
        neutral.put("presence_penalty", List.of(0L, 0.0));
        neutral.put("modalities", List.of(List.of("text")));
        neutral.put("response_format", List.of(Map.of("type", "text")));
        neutral.put("audio", List.of());
        neutral.put("web_search_options", List.of());
        neutral.put("functions", List.of(List.of()));
        neutral.put("function_call", List.of("none"));
        return neutral;
    }

    private ChatCompletionRequest read(Iterable<String> names) {
        String model = model();
        List<ChatMessage> messages = MessageReader.read(fields);
        GenerationSettings settings = SettingsReader.read(fields);
        Boolean stream = fields.bool("stream");
        boolean includeUsage = includeUsage(stream != null && stream);
        Boolean returnTokenIds = fields.bool("return_token_ids");
        for (String name : names) {
            refuseUnsupported(name);
        }
        return new ChatCompletionRequest(
                model,
                dtype(),
                messages,
                settings,
                tools(),
                templateArguments(),
                stream != null && stream,
                includeUsage,
                returnTokenIds != null && returnTokenIds);
    }

    private String model() {
        Json model = fields.get("model");
        if (model.isNull() || (model.isString() && model.asString().isEmpty())) {
            fields.missing("model");
        } else if (!model.isString()) {
            fields.wrongType("model", "a string", model);
        } else {
            return model.asString();
        }
        return "";
    }

    private DtypeSpec dtype() {
        try {
            return DtypeSpec.ofJson(fields.get("dtype"));
        } catch (DtypePlanException e) {
            fields.fault("dtype", "invalid_value", e.getMessage());
            return DtypeSpec.AUTO;
        }
    }

    private boolean includeUsage(boolean stream) {
        Json options = fields.get("stream_options");
        if (options.isNull()) {
            return false;
        }
        if (!options.isObject()) {
            fields.wrongType("stream_options", "an object", options);
            return false;
        }
        if (!stream) {
            fields.fault(
                    "stream_options",
                    "invalid_value",
                    "Invalid 'stream_options': it is only allowed with stream: true");
        }
        Json include = options.get("include_usage");
        if (include.isNull() || include.isBoolean()) {
            return include.asBoolean(false);
        }
        fields.wrongType("stream_options.include_usage", "true or false", include);
        return false;
    }

    private void refuseUnsupported(String name) {
        if (OWN_FIELDS.contains(name) || SettingsReader.FIELDS.contains(name) || WITHOUT_EFFECT.contains(name)) {
            return;
        }
        List<Object> neutral = ONLY_NEUTRAL.get(name);
        if (neutral == null) {
            fields.fault(name, "unknown_parameter", "Unknown parameter: '" + name + "'.");
        } else if (fields.isGiven(name) && !neutral.contains(fields.get(name).raw())) {
            String only = neutral.isEmpty() ? "" : "only " + JsonWriter.write(neutral.get(0)) + " is ";
            fields.unsupported(name, only.isEmpty() ? "not supported here; leave it out" : only + "supported here");
        }
    }

    private List<Map<String, Object>> tools() {
        Json choice = fields.get("tool_choice");
        if (choice.isString() && choice.asString().equals("none")) {
            return List.of();
        }
        if (!choice.isNull() && !(choice.isString() && choice.asString().equals("auto"))) {
            fields.unsupported("tool_choice", "expected auto or none; a model here cannot be made to call a tool");
        }
        Json tools = fields.get("tools");
        List<Map<String, Object>> read = new ArrayList<>();
        if (tools.isNull()) {
            return read;
        }
        if (!tools.isArray()) {
            fields.wrongType("tools", "an array of tools", tools);
            return read;
        }
        for (Json tool : tools.elements()) {
            String param = "tools[" + read.size() + "]";
            if (!tool.isObject()
                    || !tool.get("function").isObject()
                    || !tool.get("function").get("name").isString()) {
                fields.wrongType(param, "an object with type \"function\" and a function with a name", tool);
                return read;
            }
            read.add(members(tool));
        }
        return read;
    }

    private Map<String, Object> templateArguments() {
        Json arguments = fields.get("chat_template_kwargs");
        if (arguments.isNull()) {
            return Map.of();
        }
        if (!arguments.isObject()) {
            fields.wrongType("chat_template_kwargs", "an object of template variables", arguments);
            return Map.of();
        }
        return members(arguments);
    }

    private static Map<String, Object> members(Json object) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String key : object.keys()) {
            members.put(key, object.get(key).raw());
        }
        return members;
    }
}
