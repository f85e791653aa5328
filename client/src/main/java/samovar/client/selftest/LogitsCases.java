package samovar.client.selftest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.GenerationDefaults;
import samovar.generate.GenerationSettings;
import samovar.generate.LogitsProcessor;
import samovar.generate.LogitsProcessors;
import samovar.generate.RandomSource;
import samovar.generate.ResolvedSettings;
import samovar.generate.Sampler;
import samovar.generate.TokenBuffer;
import samovar.json.Json;

/**
 * Logits as transformers' processors leave them. What narrows a draw is seen by drawing: each of a hundred tokens must be one that
 * transformers leaves, and seed for seed they must be the same on every platform.
 */
final class LogitsCases {
    /** Goldens are rounded to six decimals. */
    private static final double TOLERANCE = 4e-6;

    private static final int DRAWS = 100;

    private LogitsCases() {}

    static void run(Texts texts, Report report) {
        List<Json> cases = texts.golden("logits_processors.json").get("cases").elements();
        for (int i = 0; i < cases.size(); i++) {
            Json example = cases.get(i);
            String processor = example.get("processor").asString();
            String name = "logits " + i + " " + processor;
            float[] logits = row(example.get("logits"));
            TokenBuffer context = TokenBuffer.of(ids(example.get("input_ids")));
            GenerationSettings narrowing = narrowing(processor, example.get("params"));
            if (narrowing != null) {
                if (processor.equals("chain")) {
                    double penalty =
                            example.get("params").get("repetition_penalty").asDouble();
                    LogitsProcessors.repetitionPenalty(penalty).process(logits, context);
                }
                drawn(name, narrowing, logits, row(example.get("expected")), report);
            } else {
                processor(processor, example.get("params")).process(logits, context);
                report.check(name, "0 differ", differing(row(example.get("expected")), logits) + " differ");
                report.result(name + " bits", bits(logits));
            }
        }
        random(report);
    }

    private static GenerationSettings narrowing(String processor, Json params) {
        GenerationSettings.Builder settings =
                GenerationSettings.builder().doSample(true).seed(7L);
        return switch (processor) {
            case "temperature" ->
                settings.temperature(params.get(processor).asDouble()).build();
            case "top_k" -> settings.topK(params.get(processor).asInt()).build();
            case "top_p" -> settings.topP(params.get(processor).asDouble()).build();
            case "min_p" -> settings.minP(params.get(processor).asDouble()).build();
            case "typical_p" ->
                settings.typicalP(params.get(processor).asDouble()).build();
            case "chain" ->
                settings.temperature(params.get("temperature").asDouble())
                        .topK(params.get("top_k").asInt())
                        .topP(params.get("top_p").asDouble())
                        .build();
            default -> null;
        };
    }

    private static void drawn(
            String name, GenerationSettings settings, float[] logits, float[] expected, Report report) {
        ResolvedSettings resolved = ResolvedSettings.of(settings, GenerationDefaults.EMPTY);
        Sampler sampler = new Sampler(resolved, new RandomSource(7));
        StringBuilder tokens = new StringBuilder();
        int forbidden = 0;
        for (int i = 0; i < DRAWS; i++) {
            int token = sampler.choose(logits);
            tokens.append(token).append(' ');
            if (Float.isInfinite(expected[token])) {
                forbidden++;
            }
        }
        report.check(name, "0 forbidden", forbidden + " forbidden");
        report.result(name + " draws", tokens.toString());
    }

    private static LogitsProcessor processor(String name, Json params) {
        return switch (name) {
            case "repetition_penalty" ->
                LogitsProcessors.repetitionPenalty(params.get(name).asDouble());
            case "no_repeat_ngram_size" ->
                LogitsProcessors.noRepeatNgram(params.get(name).asInt());
            case "bad_words_ids" ->
                LogitsProcessors.badWords(
                        params.get(name).listOf(word -> word.listOf(Json::asInt)),
                        List.of(params.get("eos_token_id").asInt()));
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
            case "logit_bias" -> LogitsProcessors.logitBias(bias(params.get(name)));
            default -> throw new IllegalArgumentException("no processor " + name);
        };
    }

    private static Map<Integer, Double> bias(Json pairs) {
        Map<Integer, Double> bias = new LinkedHashMap<>();
        for (Json pair : pairs.elements()) {
            bias.put(pair.get(0).asInt(), pair.get(1).asDouble());
        }
        return bias;
    }

    private static int differing(float[] expected, float[] actual) {
        int differing = 0;
        for (int i = 0; i < expected.length; i++) {
            boolean infinite = Float.isInfinite(expected[i]) || Float.isInfinite(actual[i]);
            boolean close = infinite
                    ? expected[i] == actual[i]
                    : Math.abs(expected[i] - actual[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i]));
            differing += close ? 0 : 1;
        }
        return differing;
    }

    private static String bits(float[] logits) {
        StringBuilder bits = new StringBuilder();
        for (float logit : logits) {
            bits.append(Integer.toHexString(Float.floatToIntBits(logit))).append(' ');
        }
        return Report.digest(bits.toString());
    }

    private static void random(Report report) {
        for (long seed : new long[] {0, 1, -1, 42, 1L << 40}) {
            RandomSource random = new RandomSource(seed);
            StringBuilder numbers = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                numbers.append(random.nextInt()).append(' ');
            }
            numbers.append(Long.toHexString(Double.doubleToLongBits(random.nextDouble())));
            report.result("random " + seed, numbers.toString());
        }
    }

    private static float[] row(Json list) {
        List<Json> elements = list.elements();
        float[] row = new float[elements.size()];
        for (int i = 0; i < row.length; i++) {
            boolean none = elements.get(i).isNull();
            row[i] = none ? Float.NEGATIVE_INFINITY : (float) elements.get(i).asDouble();
        }
        return row;
    }

    private static int[] ids(Json list) {
        List<Json> elements = list.elements();
        int[] ids = new int[elements.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = elements.get(i).asInt();
        }
        return ids;
    }
}
