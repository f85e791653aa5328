package samovar.generate;

import java.util.List;
import java.util.Map;
import samovar.config.GenerationDefaults;
import samovar.config.GenerationDefaults.EarlyStopping;

/**
 * The settings a generation runs with: the request's value, else that of {@code generation_config.json}, else the neutral
 * one. Nothing is null but {@link #seed}, {@link #maxNewTokens} and {@link #maxLength}. Immutable.
 *
 * <p>Whether to sample: temperature 0 never does. Else the request's do_sample says; else a request that asks for a
 * temperature, top_k, top_p, min_p or typical_p samples; else generation_config's do_sample says; else greedy. Without
 * sampling temperature, top_k, top_p, min_p and typical_p have no effect, as in transformers; all others act.
 *
 * <p>generation_config's num_beams is for models with an encoder, whose task asks for it; a request's always counts, and what
 * cannot do beams refuses it.
 *
 * @param maxNewTokens null: as many as the context holds
 * @param maxLength most tokens of prompt and answer together by {@code max_length}; null where nobody said, or where the
 *     request gives max_new_tokens, which goes first
 * @param minLength fewest tokens of prompt and answer together before an eos, by {@code min_length}
 * @param seed null: another one each time
 * @param eosTokenIds end the answer; perhaps none
 */
public record ResolvedSettings(
        Integer maxNewTokens,
        Integer maxLength,
        int minNewTokens,
        int minLength,
        boolean sampling,
        double temperature,
        int topK,
        double topP,
        double minP,
        double typicalP,
        double repetitionPenalty,
        int noRepeatNgramSize,
        List<List<Integer>> badWordsIds,
        List<Integer> suppressTokens,
        List<Integer> beginSuppressTokens,
        int forcedBosTokenId,
        List<Integer> forcedEosTokenIds,
        Map<Integer, Double> logitBias,
        Long seed,
        List<String> stopStrings,
        int numBeams,
        EarlyStopping earlyStopping,
        double lengthPenalty,
        List<Integer> eosTokenIds) {
    /** Stands for "no such token". */
    public static final int NO_TOKEN = -1;

    private static final int UNBOUNDED_CONTEXT_LIMIT = 2048;

    /** @throws GenerationException if a value of generation_config.json that counts is outside its range */
    public static ResolvedSettings of(GenerationSettings request, GenerationDefaults defaults) {
        GenerationSettings asked = request.over(configured(defaults));
        double temperature = orElse(asked.temperature(), 1);
        boolean limitAsked = request.maxNewTokens() != null || defaults.maxNewTokens() != null;
        return new ResolvedSettings(
                asked.maxNewTokens(),
                limitAsked ? null : defaults.maxLength(),
                orElse(asked.minNewTokens(), 0),
                orElse(defaults.minLength(), 0),
                temperature > 0 && samples(request, defaults),
                temperature,
                orElse(asked.topK(), 0),
                orElse(asked.topP(), 1),
                orElse(asked.minP(), 0),
                orElse(asked.typicalP(), 1),
                orElse(asked.repetitionPenalty(), 1),
                orElse(asked.noRepeatNgramSize(), 0),
                asked.badWordsIds() == null ? List.of() : asked.badWordsIds(),
                orNone(asked.suppressTokens()),
                orNone(asked.beginSuppressTokens()),
                orElse(asked.forcedBosTokenId(), NO_TOKEN),
                request.forcedEosTokenId() == null ? defaults.forcedEosTokenIds() : List.of(request.forcedEosTokenId()),
                asked.logitBias() == null ? Map.of() : asked.logitBias(),
                asked.seed(),
                asked.stopStrings() == null ? List.of() : asked.stopStrings(),
                orElse(request.numBeams(), 1),
                asked.earlyStopping() == null ? EarlyStopping.WHEN_UNLIKELY_BETTER : asked.earlyStopping(),
                orElse(asked.lengthPenalty(), 1),
                defaults.eosTokenIds());
    }

    /** The values of generation_config.json that a request may overrule. */
    private static GenerationSettings configured(GenerationDefaults defaults) {
        return GenerationSettings.builder()
                .maxNewTokens(defaults.maxNewTokens())
                .minNewTokens(defaults.minNewTokens())
                .temperature(defaults.temperature())
                .topK(defaults.topK())
                .topP(defaults.topP())
                .minP(defaults.minP())
                .typicalP(defaults.typicalP())
                .repetitionPenalty(defaults.repetitionPenalty())
                .noRepeatNgramSize(defaults.noRepeatNgramSize())
                .badWordsIds(defaults.badWordsIds())
                .suppressTokens(defaults.suppressTokens())
                .beginSuppressTokens(defaults.beginSuppressTokens())
                .forcedBosTokenId(defaults.forcedBosTokenId())
                .earlyStopping(defaults.earlyStopping())
                .lengthPenalty(defaults.lengthPenalty())
                .build();
    }

    private static boolean samples(GenerationSettings request, GenerationDefaults defaults) {
        if (request.doSample() != null) {
            return request.doSample();
        }
        boolean asked = request.temperature() != null
                || request.topK() != null
                || request.topP() != null
                || request.minP() != null
                || request.typicalP() != null;
        return asked || (defaults.doSample() != null && defaults.doSample());
    }

    /**
     * Most tokens to generate after this prompt. A {@code max_length} that the prompt alone exceeds still leaves one token,
     * as in transformers.
     *
     * @param contextTokens the model's positions, or {@link Integer#MAX_VALUE} where it names no limit
     * @return at least 0
     */
    int limitFor(int promptTokens, int contextTokens) {
        int room = Math.max(contextTokens - promptTokens, 0);
        if (maxNewTokens != null) {
            return Math.min(room, maxNewTokens);
        }
        if (maxLength != null) {
            return Math.min(room, Math.max(maxLength - promptTokens, 1));
        }
        return contextTokens == Integer.MAX_VALUE ? UNBOUNDED_CONTEXT_LIMIT : room;
    }

    private static int orElse(Integer value, int neutral) {
        return value == null ? neutral : value;
    }

    private static double orElse(Double value, double neutral) {
        return value == null ? neutral : value;
    }

    private static List<Integer> orNone(List<Integer> ids) {
        return ids == null ? List.of() : ids;
    }
}
