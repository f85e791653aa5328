package samovar.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.chat.ChatMessage;
import samovar.config.GenerationDefaults.EarlyStopping;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;
import samovar.task.ChatRequest;

/**
 * A request for {@code POST /v1/chat/completions}. Sampling fields that OpenAI lacks have the Hub's names ({@code top_k}, {@code
 * repetition_penalty}); {@code chat_template_kwargs}, {@code return_token_ids} and {@code dtype} are additions of servers like
 * ours.
 *
 * @param model an id of {@code /v1/models}
 * @param dtype which weights, where the model is not loaded yet
 * @param settings the sampling fields; what is not asked is left to the model
 * @param tools function descriptions in OpenAI's form, for the chat template
 * @param templateArguments further variables of the chat template, {@code enable_thinking} for example
 * @param stream whether the answer comes as chunks
 * @param includeUsage whether a stream ends with a chunk of token counts
 * @param returnTokenIds whether the answer holds the ids beside the text
 */
public record ChatCompletionRequest(
        String model,
        DtypeSpec dtype,
        List<ChatMessage> messages,
        GenerationSettings settings,
        List<Map<String, Object>> tools,
        Map<String, Object> templateArguments,
        boolean stream,
        boolean includeUsage,
        boolean returnTokenIds) {
    public ChatCompletionRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        templateArguments = Collections.unmodifiableMap(new LinkedHashMap<>(templateArguments));
    }

    /**
     * Reads a request's body.
     *
     * @throws WireException naming every field at fault, the first of them as {@code param}
     */
    public static ChatCompletionRequest ofJson(String body) {
        Json json;
        try {
            json = Json.parse(body, "body");
        } catch (JsonException e) {
            throw new WireException(ErrorBody.invalid(null, "The body is not JSON: " + e.getMessage()));
        }
        return ofJson(json);
    }

    /** {@link #ofJson(String)} of a body that is parsed already. */
    public static ChatCompletionRequest ofJson(Json body) {
        return RequestReader.read(body);
    }

    /** The turn that is asked for; dtype and streaming are the server's business. */
    public ChatRequest toChatRequest() {
        return new ChatRequest(model, messages, settings, tools, templateArguments);
    }

    /** The body; what is not asked is left out. */
    public String toJson() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        if (!dtype.isAuto()) {
            body.put("dtype", dtype.perModule().isEmpty() ? dtype.all() : dtype.perModule());
        }
        List<Object> written = new ArrayList<>();
        for (ChatMessage message : messages) {
            written.add(message.toMap());
        }
        body.put("messages", written);
        putSettings(body, settings);
        putUnlessEmpty(body, "tools", tools, tools.isEmpty());
        putUnlessEmpty(body, "chat_template_kwargs", templateArguments, templateArguments.isEmpty());
        putUnlessEmpty(body, "stream", stream, !stream);
        putUnlessEmpty(body, "stream_options", Map.of("include_usage", true), !includeUsage);
        putUnlessEmpty(body, "return_token_ids", returnTokenIds, !returnTokenIds);
        return JsonWriter.write(body);
    }

    /** The sampling fields that are asked for. */
    static void putSettings(Map<String, Object> body, GenerationSettings settings) {
        putIfAsked(body, "max_completion_tokens", settings.maxNewTokens());
        putIfAsked(body, "min_tokens", settings.minNewTokens());
        putIfAsked(body, "do_sample", settings.doSample());
        putIfAsked(body, "temperature", settings.temperature());
        putIfAsked(body, "top_k", settings.topK());
        putIfAsked(body, "top_p", settings.topP());
        putIfAsked(body, "min_p", settings.minP());
        putIfAsked(body, "typical_p", settings.typicalP());
        putIfAsked(body, "repetition_penalty", settings.repetitionPenalty());
        putIfAsked(body, "no_repeat_ngram_size", settings.noRepeatNgramSize());
        putIfAsked(body, "bad_words_ids", settings.badWordsIds());
        putIfAsked(body, "suppress_tokens", settings.suppressTokens());
        putIfAsked(body, "begin_suppress_tokens", settings.beginSuppressTokens());
        putIfAsked(body, "forced_bos_token_id", settings.forcedBosTokenId());
        putIfAsked(body, "forced_eos_token_id", settings.forcedEosTokenId());
        if (settings.logitBias() != null) {
            Map<String, Object> bias = new LinkedHashMap<>();
            for (Map.Entry<Integer, Double> entry : settings.logitBias().entrySet()) {
                bias.put(String.valueOf(entry.getKey()), entry.getValue());
            }
            body.put("logit_bias", bias);
        }
        putIfAsked(body, "seed", settings.seed());
        putIfAsked(body, "stop", settings.stopStrings());
        putIfAsked(body, "num_beams", settings.numBeams());
        putIfAsked(body, "early_stopping", earlyStopping(settings.earlyStopping()));
        putIfAsked(body, "length_penalty", settings.lengthPenalty());
    }

    private static Object earlyStopping(EarlyStopping rule) {
        return rule == EarlyStopping.NEVER ? "never" : rule == null ? null : rule == EarlyStopping.WHEN_FULL;
    }

    private static void putIfAsked(Map<String, Object> body, String name, Object value) {
        putUnlessEmpty(body, name, value, value == null);
    }

    private static void putUnlessEmpty(Map<String, Object> body, String name, Object value, boolean empty) {
        if (!empty) {
            body.put(name, value);
        }
    }
}
