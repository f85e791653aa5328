package samovar.config;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import samovar.json.Json;

/**
 * {@code generation_config.json}: how a model's authors want it sampled. A request overrules each value, and a neutral
 * value stands in where both are silent. Null means that the file leaves the value open; lists are then empty.
 *
 * <p>Lengths are in tokens: {@code maxLength} and {@code minLength} count prompt and answer together, {@code maxNewTokens}
 * and {@code minNewTokens} the answer alone. Temperature, top_p, min_p, typical_p and the penalties are passed on as they
 * stand; who uses them checks their range.
 *
 * @param eosTokenIds ids that end an answer; those of config.json where the file names none
 * @param badWordsIds sequences of ids that must not come out
 * @param suppressTokens ids that never come out
 * @param beginSuppressTokens ids that do not come out first
 */
public record GenerationDefaults(
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
        List<Integer> forcedEosTokenIds,
        Integer numBeams,
        EarlyStopping earlyStopping,
        Double lengthPenalty,
        Integer maxLength,
        Integer maxNewTokens,
        Integer minLength,
        Integer minNewTokens,
        List<Integer> eosTokenIds,
        Integer padTokenId,
        Integer bosTokenId,
        Integer decoderStartTokenId) {
    /** When beam search stops, as {@code early_stopping} says. */
    public enum EarlyStopping {
        /** {@code true}: as soon as there are as many finished answers as beams. */
        WHEN_FULL,
        /** {@code false}: when a better answer is unlikely. */
        WHEN_UNLIKELY_BETTER,
        /** {@code "never"}: when a better answer is impossible. */
        NEVER
    }

    /** Nothing said at all. */
    public static final GenerationDefaults EMPTY = read(Json.of(Map.of(), "generation_config.json"));

    public GenerationDefaults {
        badWordsIds = List.copyOf(badWordsIds);
        suppressTokens = List.copyOf(suppressTokens);
        beginSuppressTokens = List.copyOf(beginSuppressTokens);
        forcedEosTokenIds = List.copyOf(forcedEosTokenIds);
        eosTokenIds = List.copyOf(eosTokenIds);
    }

    /** What the model says where the repository has no generation_config.json: the special ids of config.json. */
    public static GenerationDefaults of(ModelConfig config) {
        return read(Json.of(Map.of(), "generation_config.json")).withIdsOf(config);
    }

    /**
     * Reads generation_config.json; ids that it leaves open come from config.json.
     *
     * @throws samovar.json.JsonException if a value has another type than it should
     */
    public static GenerationDefaults of(Json generationConfig, ModelConfig config) {
        return read(generationConfig).withIdsOf(config);
    }

    private static GenerationDefaults read(Json json) {
        GenerationReader reader = new GenerationReader(json);
        return new GenerationDefaults(
                reader.bool("do_sample"),
                reader.number("temperature"),
                reader.integer("top_k"),
                reader.number("top_p"),
                reader.number("min_p"),
                reader.number("typical_p"),
                reader.number("repetition_penalty"),
                reader.integer("no_repeat_ngram_size"),
                reader.sequences("bad_words_ids"),
                reader.ids("suppress_tokens"),
                reader.ids("begin_suppress_tokens"),
                reader.integer("forced_bos_token_id"),
                reader.ids("forced_eos_token_id"),
                reader.integer("num_beams"),
                reader.earlyStopping(),
                reader.number("length_penalty"),
                reader.integer("max_length"),
                reader.integer("max_new_tokens"),
                reader.integer("min_length"),
                reader.integer("min_new_tokens"),
                reader.ids("eos_token_id"),
                reader.integer("pad_token_id"),
                reader.integer("bos_token_id"),
                reader.integer("decoder_start_token_id"));
    }

    private GenerationDefaults withIdsOf(ModelConfig config) {
        return new GenerationDefaults(
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
                forcedEosTokenIds,
                numBeams,
                earlyStopping,
                lengthPenalty,
                maxLength,
                maxNewTokens,
                minLength,
                minNewTokens,
                eosTokenIds.isEmpty() ? config.eosTokenIds() : eosTokenIds,
                padTokenId != null ? padTokenId : boxed(config.padTokenId()),
                bosTokenId != null ? bosTokenId : boxed(config.bosTokenId()),
                decoderStartTokenId != null ? decoderStartTokenId : boxed(config.decoderStartTokenId()));
    }

    private static Integer boxed(OptionalInt id) {
        return id.isPresent() ? Integer.valueOf(id.getAsInt()) : null;
    }
}
