package samovar.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.GenerationDefaults.EarlyStopping;

/**
 * What a caller asks of a generation; null means not asked, then the model's {@code generation_config.json} decides, then
 * the neutral value. The names are the Hub's, in camel case.
 *
 * <p>{@code GenerationSettings.maxNewTokens(128)} is the short form of {@code
 * GenerationSettings.builder().maxNewTokens(128).build()}. Immutable; values are checked when it is made.
 *
 * @param maxNewTokens most tokens to generate, the eos included; at least 1. Not asked anywhere: up to the model's context
 * @param minNewTokens eos ids are not chosen before that many tokens; at least 0
 * @param doSample whether tokens are drawn rather than the likeliest taken. Not asked, but one of temperature, topK, topP,
 *     minP and typicalP asked: true, as users of the OpenAI API expect
 * @param temperature 0 to 2; 0 takes the likeliest token whatever doSample says, and the other settings still act
 * @param topK keeps the k likeliest tokens; 0 is off
 * @param topP keeps the likeliest tokens that together reach this probability, 0 to 1; 1 is off
 * @param minP keeps tokens at least this many times as likely as the likeliest, 0 to 1; 0 is off
 * @param typicalP keeps the most typical tokens that together reach this probability, over 0 to 1; 1 is off
 * @param repetitionPenalty over 0; divides positive and multiplies negative logits of tokens seen, prompt included; 1 is off
 * @param noRepeatNgramSize no sequence of that many tokens occurs twice, prompt included; 0 is off
 * @param badWordsIds sequences of tokens never generated
 * @param suppressTokens tokens never generated
 * @param beginSuppressTokens tokens not generated first
 * @param forcedBosTokenId the token after a prompt of exactly one token (encoder-decoder models)
 * @param forcedEosTokenId the last token when maxNewTokens is reached
 * @param logitBias token id to what is added to its logit, -100 to 100
 * @param seed of the random numbers; the same seed gives the same tokens on the same device
 * @param stopStrings texts that end the answer and are not part of it; at most 16, none empty
 * @param numBeams how many sequences go side by side, the likeliest of which is the answer, 1 to 32; 1 is no beam search
 * @param earlyStopping when beam search stops
 * @param lengthPenalty beam search divides a sequence's log-probability by its length to this power; over 0 prefers longer
 *     answers. -100 to 100
 */
public record GenerationSettings(
        Integer maxNewTokens,
        Integer minNewTokens,
        Boolean doSample,
        Double temperature,
        Integer topK,
        Double topP,
        Double minP,
        Double typicalP,
        Double repetitionPenalty,
        Integer noRepeatNgramSize,
        List<List<Integer>> badWordsIds,
        List<Integer> suppressTokens,
        List<Integer> beginSuppressTokens,
        Integer forcedBosTokenId,
        Integer forcedEosTokenId,
        Map<Integer, Double> logitBias,
        Long seed,
        List<String> stopStrings,
        Integer numBeams,
        EarlyStopping earlyStopping,
        Double lengthPenalty) {
    private static final GenerationSettings NONE = builder().build();
    private static final int MAX_STOP_STRINGS = 16;
    private static final int MAX_BEAMS = 32;

    public GenerationSettings {
        SettingRange.atLeast("max_new_tokens", maxNewTokens, 1);
        SettingRange.atLeast("min_new_tokens", minNewTokens, 0);
        SettingRange.within("temperature", temperature, 0, 2);
        SettingRange.atLeast("top_k", topK, 0);
        SettingRange.within("top_p", topP, 0, 1);
        SettingRange.within("min_p", minP, 0, 1);
        SettingRange.over("typical_p", typicalP, 0, 1);
        SettingRange.over("repetition_penalty", repetitionPenalty, 0, 1000);
        SettingRange.atLeast("no_repeat_ngram_size", noRepeatNgramSize, 0);
        SettingRange.atLeast("forced_bos_token_id", forcedBosTokenId, 0);
        SettingRange.atLeast("forced_eos_token_id", forcedEosTokenId, 0);
        SettingRange.within("num_beams", numBeams, 1, MAX_BEAMS);
        SettingRange.within("length_penalty", lengthPenalty, -100, 100);
        badWordsIds = copyOfSequences(badWordsIds);
        suppressTokens = SettingRange.tokens("suppress_tokens", suppressTokens);
        beginSuppressTokens = SettingRange.tokens("begin_suppress_tokens", beginSuppressTokens);
        logitBias = copyOfBias(logitBias);
        stopStrings = copyOfStops(stopStrings);
    }

    /** Nothing asked: the model's own defaults. */
    public static GenerationSettings none() {
        return NONE;
    }

    /** Only a limit asked. */
    public static GenerationSettings maxNewTokens(int limit) {
        return builder().maxNewTokens(limit).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with these values. */
    public Builder toBuilder() {
        return new Builder()
                .maxNewTokens(maxNewTokens)
                .minNewTokens(minNewTokens)
                .doSample(doSample)
                .temperature(temperature)
                .topK(topK)
                .topP(topP)
                .minP(minP)
                .typicalP(typicalP)
                .repetitionPenalty(repetitionPenalty)
                .noRepeatNgramSize(noRepeatNgramSize)
                .badWordsIds(badWordsIds)
                .suppressTokens(suppressTokens)
                .beginSuppressTokens(beginSuppressTokens)
                .forcedBosTokenId(forcedBosTokenId)
                .forcedEosTokenId(forcedEosTokenId)
                .logitBias(logitBias)
                .seed(seed)
                .stopStrings(stopStrings)
                .numBeams(numBeams)
                .earlyStopping(earlyStopping)
                .lengthPenalty(lengthPenalty);
    }

    /** These values, and those of {@code fallback} where nothing is asked here. */
    public GenerationSettings over(GenerationSettings fallback) {
        return new GenerationSettings(
                first(maxNewTokens, fallback.maxNewTokens),
                first(minNewTokens, fallback.minNewTokens),
                first(doSample, fallback.doSample),
                first(temperature, fallback.temperature),
                first(topK, fallback.topK),
                first(topP, fallback.topP),
                first(minP, fallback.minP),
                first(typicalP, fallback.typicalP),
                first(repetitionPenalty, fallback.repetitionPenalty),
                first(noRepeatNgramSize, fallback.noRepeatNgramSize),
                first(badWordsIds, fallback.badWordsIds),
                first(suppressTokens, fallback.suppressTokens),
                first(beginSuppressTokens, fallback.beginSuppressTokens),
                first(forcedBosTokenId, fallback.forcedBosTokenId),
                first(forcedEosTokenId, fallback.forcedEosTokenId),
                first(logitBias, fallback.logitBias),
                first(seed, fallback.seed),
                first(stopStrings, fallback.stopStrings),
                first(numBeams, fallback.numBeams),
                first(earlyStopping, fallback.earlyStopping),
                first(lengthPenalty, fallback.lengthPenalty));
    }

    private static <T> T first(T asked, T fallback) {
        return asked != null ? asked : fallback;
    }

    private static List<List<Integer>> copyOfSequences(List<List<Integer>> sequences) {
        if (sequences == null) {
            return null;
        }
        List<List<Integer>> copies = new ArrayList<>(sequences.size());
        for (List<Integer> sequence : sequences) {
            if (sequence == null || sequence.isEmpty()) {
                throw new GenerationException("bad_words_ids", "each sequence needs at least one token id, found none");
            }
            copies.add(SettingRange.tokens("bad_words_ids", sequence));
        }
        return Collections.unmodifiableList(copies);
    }

    private static Map<Integer, Double> copyOfBias(Map<Integer, Double> bias) {
        if (bias == null) {
            return null;
        }
        Map<Integer, Double> copy = new LinkedHashMap<>();
        for (Map.Entry<Integer, Double> entry : bias.entrySet()) {
            if (entry.getKey() == null || entry.getValue() == null) {
                throw new GenerationException("logit_bias", "expected token ids with numbers, found null");
            }
            SettingRange.atLeast("logit_bias", entry.getKey(), 0);
            SettingRange.within("logit_bias", entry.getValue(), -100, 100);
            copy.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(copy);
    }

    private static List<String> copyOfStops(List<String> stops) {
        if (stops == null) {
            return null;
        }
        if (stops.size() > MAX_STOP_STRINGS) {
            throw new GenerationException(
                    "stop", "expected at most " + MAX_STOP_STRINGS + " stop strings, found " + stops.size());
        }
        for (String stop : stops) {
            if (stop == null || stop.isEmpty()) {
                throw new GenerationException("stop", "a stop string needs at least one character");
            }
        }
        return List.copyOf(stops);
    }

    /** Collects settings; {@link #build} checks them. A null takes a value back. */
    public static final class Builder {
        private Integer maxNewTokens;
        private Integer minNewTokens;
        private Boolean doSample;
        private Double temperature;
        private Integer topK;
        private Double topP;
        private Double minP;
        private Double typicalP;
        private Double repetitionPenalty;
        private Integer noRepeatNgramSize;
        private List<List<Integer>> badWordsIds;
        private List<Integer> suppressTokens;
        private List<Integer> beginSuppressTokens;
        private Integer forcedBosTokenId;
        private Integer forcedEosTokenId;
        private Map<Integer, Double> logitBias;
        private Long seed;
        private List<String> stopStrings;
        private Integer numBeams;
        private EarlyStopping earlyStopping;
        private Double lengthPenalty;

        private Builder() {}

        public Builder maxNewTokens(Integer value) {
            maxNewTokens = value;
            return this;
        }

        public Builder minNewTokens(Integer value) {
            minNewTokens = value;
            return this;
        }

        public Builder doSample(Boolean value) {
            doSample = value;
            return this;
        }

        public Builder temperature(Double value) {
            temperature = value;
            return this;
        }

        public Builder topK(Integer value) {
            topK = value;
            return this;
        }

        public Builder topP(Double value) {
            topP = value;
            return this;
        }

        public Builder minP(Double value) {
            minP = value;
            return this;
        }

        public Builder typicalP(Double value) {
            typicalP = value;
            return this;
        }

        public Builder repetitionPenalty(Double value) {
            repetitionPenalty = value;
            return this;
        }

        public Builder noRepeatNgramSize(Integer value) {
            noRepeatNgramSize = value;
            return this;
        }

        public Builder badWordsIds(List<List<Integer>> value) {
            badWordsIds = value;
            return this;
        }

        public Builder suppressTokens(List<Integer> value) {
            suppressTokens = value;
            return this;
        }

        public Builder beginSuppressTokens(List<Integer> value) {
            beginSuppressTokens = value;
            return this;
        }

        public Builder forcedBosTokenId(Integer value) {
            forcedBosTokenId = value;
            return this;
        }

        public Builder forcedEosTokenId(Integer value) {
            forcedEosTokenId = value;
            return this;
        }

        public Builder logitBias(Map<Integer, Double> value) {
            logitBias = value;
            return this;
        }

        public Builder seed(Long value) {
            seed = value;
            return this;
        }

        public Builder stopStrings(List<String> value) {
            stopStrings = value;
            return this;
        }

        public Builder numBeams(Integer value) {
            numBeams = value;
            return this;
        }

        public Builder earlyStopping(EarlyStopping value) {
            earlyStopping = value;
            return this;
        }

        public Builder lengthPenalty(Double value) {
            lengthPenalty = value;
            return this;
        }

        /** @throws GenerationException naming the first setting outside its range */
        public GenerationSettings build() {
            return new GenerationSettings(
                    maxNewTokens,
                    minNewTokens,
                    doSample,
                    temperature,
                    topK,
                    topP,
                    minP,
                    typicalP,
                    repetitionPenalty,
                    noRepeatNgramSize,
                    badWordsIds,
                    suppressTokens,
                    beginSuppressTokens,
                    forcedBosTokenId,
                    forcedEosTokenId,
                    logitBias,
                    seed,
                    stopStrings,
                    numBeams,
                    earlyStopping,
                    lengthPenalty);
        }
    }
}
