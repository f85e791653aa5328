package samovar.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;

/** Compares processors with what transformers answered. Pure, so that a self-test in the browser can call it too. */
public final class ProcessorGoldens {
    /** Logits and expectations are rounded to six decimals, and a temperature of 0.3 triples the first rounding. */
    private static final double TOLERANCE = 3e-6;

    private ProcessorGoldens() {}

    /** One line per case that differs. */
    public static List<String> failures(Json golden) {
        List<String> failures = new ArrayList<>();
        for (Json example : golden.get("cases").elements()) {
            float[] expected = row(example.get("expected"));
            float[] actual = apply(example);
            for (int i = 0; i < expected.length; i++) {
                if (!close(expected[i], actual[i])) {
                    failures.add(example.path() + " " + example.get("processor").asString() + ": logit " + i + " is "
                            + actual[i] + ", expected " + expected[i]);
                    break;
                }
            }
        }
        return failures;
    }

    private static boolean close(float expected, float actual) {
        if (Float.isInfinite(expected) || Float.isInfinite(actual)) {
            return expected == actual;
        }
        return Math.abs(expected - actual) <= TOLERANCE * Math.max(1, Math.abs(expected) / 8);
    }

    private static float[] apply(Json example) {
        Json params = example.get("params");
        float[] logits = row(example.get("logits"));
        TokenBuffer context = TokenBuffer.of(ids(example.get("input_ids")));
        switch (example.get("processor").asString()) {
            case "temperature" -> {
                return narrowed(logits, new double[] {params.get("temperature").asDouble(), 0, 1, 0, 1});
            }
            case "top_k" -> {
                return narrowed(logits, new double[] {1, params.get("top_k").asInt(), 1, 0, 1});
            }
            case "top_p" -> {
                return narrowed(logits, new double[] {1, 0, params.get("top_p").asDouble(), 0, 1});
            }
            case "min_p" -> {
                return narrowed(
                        logits, new double[] {1, 0, 1, params.get("min_p").asDouble(), 1});
            }
            case "typical_p" -> {
                return narrowed(
                        logits,
                        new double[] {1, 0, 1, 0, params.get("typical_p").asDouble()});
            }
            case "chain" -> {
                LogitsProcessors.repetitionPenalty(
                                params.get("repetition_penalty").asDouble())
                        .process(logits, context);
                return narrowed(logits, new double[] {
                    params.get("temperature").asDouble(),
                    params.get("top_k").asInt(),
                    params.get("top_p").asDouble(),
                    0,
                    1
                });
            }
            default -> {
                processor(example.get("processor").asString(), params).process(logits, context);
                return logits;
            }
        }
    }

    private static LogitsProcessor processor(String name, Json params) {
        return switch (name) {
            case "repetition_penalty" ->
                LogitsProcessors.repetitionPenalty(params.get(name).asDouble());
            case "no_repeat_ngram_size" ->
                LogitsProcessors.noRepeatNgram(params.get(name).asInt());
            case "bad_words_ids" -> {
                List<List<Integer>> words = params.get(name).listOf(word -> word.listOf(Json::asInt));
                yield LogitsProcessors.badWords(
                        words, List.of(params.get("eos_token_id").asInt()));
            }
            case "min_length" ->
                LogitsProcessors.minLength(
                        params.get(name).asInt(), params.get("eos_token_id").listOf(Json::asInt));
            case "suppress_tokens" -> LogitsProcessors.suppress(params.get(name).listOf(Json::asInt));
            case "forced_bos_token_id" ->
                LogitsProcessors.forcedBos(params.get(name).asInt());
            case "forced_eos_token_id" ->
                LogitsProcessors.forcedEos(
                        List.of(params.get(name).asInt()),
                        params.get("max_length").asInt());
            case "logit_bias" -> {
                Map<Integer, Double> bias = new LinkedHashMap<>();
                for (Json pair : params.get(name).elements()) {
                    bias.put(pair.get(0).asInt(), pair.get(1).asDouble());
                }
                yield LogitsProcessors.logitBias(bias);
            }
            default -> throw new IllegalArgumentException("no processor " + name);
        };
    }

    /** @param narrowing temperature, top_k, top_p, min_p, typical_p */
    private static float[] narrowed(float[] logits, double[] narrowing) {
        Candidates candidates = new Candidates();
        candidates.loadTop(logits, (int) narrowing[1]);
        candidates.temperature(narrowing[0]);
        candidates.topP(narrowing[2]);
        candidates.minP(narrowing[3]);
        candidates.typicalP(narrowing[4]);
        float[] row = new float[logits.length];
        Arrays.fill(row, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < candidates.size(); i++) {
            row[candidates.id(i)] = candidates.logit(i);
        }
        return row;
    }

    private static float[] row(Json list) {
        List<Json> elements = list.elements();
        float[] row = new float[elements.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = elements.get(i).isNull()
                    ? Float.NEGATIVE_INFINITY
                    : (float) elements.get(i).asDouble();
        }
        return row;
    }

    private static int[] ids(Json list) {
        TokenBuffer ids = new TokenBuffer(0);
        for (Json id : list.elements()) {
            ids.add(id.asInt());
        }
        return ids.toArray();
    }
}
