package samovar.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import samovar.config.GenerationDefaults.EarlyStopping;
import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;
import samovar.json.Json;

/**
 * Reads the sampling fields of a request: OpenAI's names, and the Hub's for what OpenAI lacks. Types are checked here, ranges by
 * {@link GenerationSettings}, one field at a time.
 */
final class SettingsReader {
    private static final int MAX_STOPS = 4;
    private static final List<String> LIMITS = List.of("max_completion_tokens", "max_tokens", "max_new_tokens");
    private static final List<String> LOWER_LIMITS = List.of("min_tokens", "min_new_tokens");

    /** Every field that is read here. */
    static final List<String> FIELDS = List.of(
            "max_completion_tokens",
            "max_tokens",
            "max_new_tokens",
            "min_tokens",
            "min_new_tokens",
            "do_sample",
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "typical_p",
            "repetition_penalty",
            "no_repeat_ngram_size",
            "bad_words_ids",
            "suppress_tokens",
            "begin_suppress_tokens",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "logit_bias",
            "seed",
            "stop",
            "num_beams",
            "early_stopping",
            "length_penalty");

    private final RequestFields fields;
    private final GenerationSettings.Builder settings = GenerationSettings.builder();

    private SettingsReader(RequestFields fields) {
        this.fields = fields;
    }

    static GenerationSettings read(RequestFields fields) {
        return new SettingsReader(fields).read();
    }

    private GenerationSettings read() {
        String limit = oneOf(LIMITS);
        set(limit, fields.integer(limit), GenerationSettings.Builder::maxNewTokens);
        String lowerLimit = oneOf(LOWER_LIMITS);
        set(lowerLimit, fields.integer(lowerLimit), GenerationSettings.Builder::minNewTokens);
        set("do_sample", fields.bool("do_sample"), GenerationSettings.Builder::doSample);
        setNumber("temperature", GenerationSettings.Builder::temperature);
        setInteger("top_k", GenerationSettings.Builder::topK);
        setNumber("top_p", GenerationSettings.Builder::topP);
        setNumber("min_p", GenerationSettings.Builder::minP);
        setNumber("typical_p", GenerationSettings.Builder::typicalP);
        setNumber("repetition_penalty", GenerationSettings.Builder::repetitionPenalty);
        setInteger("no_repeat_ngram_size", GenerationSettings.Builder::noRepeatNgramSize);
        set("bad_words_ids", sequences("bad_words_ids"), GenerationSettings.Builder::badWordsIds);
        set("suppress_tokens", fields.ids("suppress_tokens"), GenerationSettings.Builder::suppressTokens);
        set(
                "begin_suppress_tokens",
                fields.ids("begin_suppress_tokens"),
                GenerationSettings.Builder::beginSuppressTokens);
        setInteger("forced_bos_token_id", GenerationSettings.Builder::forcedBosTokenId);
        setInteger("forced_eos_token_id", GenerationSettings.Builder::forcedEosTokenId);
        set("logit_bias", logitBias(), GenerationSettings.Builder::logitBias);
        set("seed", fields.longInteger("seed"), GenerationSettings.Builder::seed);
        set("stop", stops(), GenerationSettings.Builder::stopStrings);
        setInteger("num_beams", GenerationSettings.Builder::numBeams);
        set("early_stopping", earlyStopping(), GenerationSettings.Builder::earlyStopping);
        setNumber("length_penalty", GenerationSettings.Builder::lengthPenalty);
        return settings.build();
    }

    /** The name under which a value was given, the first one where none was. Two names with two values are a fault. */
    private String oneOf(List<String> names) {
        String given = null;
        for (String name : names) {
            if (!fields.isGiven(name)) {
                continue;
            }
            if (given != null
                    && !fields.get(given).raw().equals(fields.get(name).raw())) {
                fields.fault(
                        name,
                        "invalid_value",
                        "Invalid '" + name + "': '" + given
                                + "' says the same thing with another value; give one of them");
            }
            given = given == null ? name : given;
        }
        return given == null ? names.get(0) : given;
    }

    private void setInteger(String field, BiConsumer<GenerationSettings.Builder, Integer> to) {
        set(field, fields.integer(field), to);
    }

    private void setNumber(String field, BiConsumer<GenerationSettings.Builder, Double> to) {
        set(field, fields.number(field), to);
    }

    private <T> void set(String field, T value, BiConsumer<GenerationSettings.Builder, T> to) {
        try {
            GenerationSettings.Builder alone = GenerationSettings.builder();
            to.accept(alone, value);
            alone.build();
            to.accept(settings, value);
        } catch (GenerationException e) {
            String problem = e.getMessage().substring(e.field().length() + 2);
            fields.fault(field, "invalid_value", "Invalid '" + field + "': " + problem);
        }
    }

    private List<List<Integer>> sequences(String field) {
        Json list = fields.get(field);
        if (list.isNull()) {
            return null;
        }
        if (!list.isArray()) {
            fields.wrongType(field, "an array of arrays of token ids", list);
            return null;
        }
        List<List<Integer>> sequences = new ArrayList<>();
        for (Json element : list.elements()) {
            List<Integer> ids = fields.ids(field + "[" + sequences.size() + "]", element);
            if (ids == null) {
                return null;
            }
            sequences.add(ids);
        }
        return sequences;
    }

    private EarlyStopping earlyStopping() {
        Json value = fields.get("early_stopping");
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? EarlyStopping.WHEN_FULL : EarlyStopping.WHEN_UNLIKELY_BETTER;
        }
        if (value.isString() && value.asString().equals("never")) {
            return EarlyStopping.NEVER;
        }
        fields.wrongType("early_stopping", "true, false or \"never\"", value);
        return null;
    }

    private List<String> stops() {
        Json stop = fields.get("stop");
        if (stop.isNull()) {
            return null;
        }
        if (stop.isString()) {
            return List.of(stop.asString());
        }
        if (!stop.isArray()) {
            fields.wrongType("stop", "a string or an array of strings", stop);
            return null;
        }
        List<String> stops = new ArrayList<>();
        for (Json element : stop.elements()) {
            if (!element.isString()) {
                fields.wrongType("stop[" + stops.size() + "]", "a string", element);
                return null;
            }
            stops.add(element.asString());
        }
        if (stops.size() > MAX_STOPS) {
            fields.fault(
                    "stop",
                    "array_above_max_length",
                    "Invalid 'stop': expected at most " + MAX_STOPS + " strings, found " + stops.size());
            return null;
        }
        return stops;
    }

    private Map<Integer, Double> logitBias() {
        Json bias = fields.get("logit_bias");
        if (bias.isNull()) {
            return null;
        }
        if (!bias.isObject()) {
            fields.wrongType("logit_bias", "an object from token id to number", bias);
            return null;
        }
        Map<Integer, Double> read = new LinkedHashMap<>();
        for (String key : bias.keys()) {
            Json value = bias.get(key);
            if (!isTokenId(key)) {
                fields.fault(
                        "logit_bias",
                        "invalid_value",
                        "Invalid 'logit_bias': expected token ids as keys, found "
                                + RequestFields.shown(Json.of(key, "logit_bias")));
                return null;
            }
            if (!value.isNumber()) {
                fields.wrongType("logit_bias." + key, "a number", value);
                return null;
            }
            read.put(Integer.valueOf(key), value.asDouble());
        }
        return read;
    }

    private static boolean isTokenId(String key) {
        boolean digits = !key.isEmpty() && key.length() < 10;
        for (int i = 0; i < key.length(); i++) {
            digits &= key.charAt(i) >= '0' && key.charAt(i) <= '9';
        }
        return digits;
    }
}
