package samovar.jvm.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.jvm.Fixtures;
import samovar.jvm.Fixtures.GoldenCase;
import samovar.jvm.JvmOptions;
import samovar.jvm.JvmPipelines;
import samovar.platform.CancellationFlag;
import samovar.task.PipelineOptions;
import samovar.task.TextGeneration;
import samovar.task.TextGenerationPipeline;

/**
 * SmolLM2 q4 on this machine's CPU: the whole library (template, tokenizer, processors, events) against a plain loop over
 * onnxruntime for Python on the same file. The two take turns, generation by generation, so that whatever else the machine
 * does falls on both; the figures are medians of the rounds' ratios. Started by {@code bench/jvm/run}.
 */
public final class DecodeBench {
    private static final int THREADS = 2;
    private static final int WARM_UP_ROUNDS = 2;

    private final TextGenerationPipeline generator;
    private final GoldenCase conversation;
    private final GenerationSettings settings;
    private final int newTokens;

    private record Run(double prefillMillis, double tokensPerSecond) {}

    private DecodeBench(GoldenCase conversation, int newTokens) {
        this.conversation = conversation;
        this.newTokens = newTokens;
        this.generator = JvmPipelines.create(JvmOptions.defaults()
                        .models(List.of(Fixtures.MODELS))
                        .offline(true)
                        .threads(THREADS))
                .textGeneration(Fixtures.SMOLLM2.toString(), PipelineOptions.dtype("q4"));
        this.settings = GenerationSettings.builder()
                .maxNewTokens(newTokens)
                .minNewTokens(newTokens)
                .doSample(false)
                .build();
    }

    /** @param arguments the command of the peer without its last argument, then rounds and new tokens per generation */
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[arguments.length - 2]);
        int newTokens = Integer.parseInt(arguments[arguments.length - 1]);
        List<String> peer = new ArrayList<>(List.of(arguments).subList(0, arguments.length - 2));
        peer.add(Fixtures.MODELS
                .resolve("bundled/SmolLM2-135M-Instruct/onnx/model_q4.onnx")
                .toString());
        peer.add(String.valueOf(THREADS));
        peer.add(String.valueOf(newTokens));
        // The longest golden prompt: prefill is measured on it.
        GoldenCase longest = Collections.max(
                Fixtures.golden("smollm2_greedy.json"),
                (a, b) -> Integer.compare(a.promptIds().size(), b.promptIds().size()));
        new DecodeBench(longest, newTokens).compare(peer, rounds);
    }

    private void compare(List<String> command, int rounds) throws IOException {
        Process peer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Run> ours = new ArrayList<>();
        List<Run> theirs = new ArrayList<>();
        try (BufferedReader in = peer.inputReader(StandardCharsets.UTF_8);
                PrintStream out = new PrintStream(peer.getOutputStream(), true, StandardCharsets.UTF_8)) {
            System.out.println("peer: onnxruntime " + json(in).get("version").asString() + " for Python; prompt "
                    + conversation.promptIds().size() + " tokens, answer " + newTokens + ", " + THREADS + " threads");
            for (int round = 0; round < rounds + WARM_UP_ROUNDS; round++) {
                Run our = run();
                out.println(conversation.promptIds());
                Json answer = json(in);
                Run their = new Run(
                        answer.get("prefill_ms").asDouble(),
                        answer.get("decode_tokens_per_second").asDouble());
                if (round >= WARM_UP_ROUNDS) {
                    ours.add(our);
                    theirs.add(their);
                }
            }
        }
        report(ours, theirs);
        reportBest(ours, theirs);
        System.out.println("allocated per token in Java: " + bytesPerToken() + " bytes");
        generator.close();
    }

    private static Json json(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the peer ended");
        }
        return Json.parse(line, "peer");
    }

    private Run run() {
        TextGeneration answer = generator.generate(conversation.messages(), settings);
        return new Run(answer.timings().firstTokenMillis(), answer.timings().decodeTokensPerSecond());
    }

    private static void report(List<Run> ours, List<Run> theirs) {
        List<Double> prefill = new ArrayList<>();
        List<Double> decode = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            prefill.add(theirs.get(i).prefillMillis() / ours.get(i).prefillMillis());
            decode.add(ours.get(i).tokensPerSecond() / theirs.get(i).tokensPerSecond());
        }
        System.out.printf(
                "first token: %.0f ms, peer %.0f ms; peer's time / ours %s%n",
                median(ours.stream().map(Run::prefillMillis).toList()),
                median(theirs.stream().map(Run::prefillMillis).toList()),
                spread(prefill));
        System.out.printf(
                "decode: %.1f tok/s, peer %.1f tok/s; ours / peer's %s%n",
                median(ours.stream().map(Run::tokensPerSecond).toList()),
                median(theirs.stream().map(Run::tokensPerSecond).toList()),
                spread(decode));
    }

    private static void reportBest(List<Run> ours, List<Run> theirs) {
        double prefill = best(theirs, Run::prefillMillis, false) / best(ours, Run::prefillMillis, false);
        double decode = best(ours, Run::tokensPerSecond, true) / best(theirs, Run::tokensPerSecond, true);
        System.out.printf(
                "best against best: first token %.0f ms, peer %.0f ms, %.2f; decode %.1f tok/s, peer %.1f tok/s, %.2f%n",
                best(ours, Run::prefillMillis, false),
                best(theirs, Run::prefillMillis, false),
                prefill,
                best(ours, Run::tokensPerSecond, true),
                best(theirs, Run::tokensPerSecond, true),
                decode);
    }

    private static double best(List<Run> runs, ToDoubleFunction<Run> figure, boolean most) {
        DoubleSummaryStatistics all = runs.stream().mapToDouble(figure).summaryStatistics();
        return most ? all.getMax() : all.getMin();
    }

    private static String spread(List<Double> ratios) {
        return String.format(
                "%.2f (median of %d rounds, %.2f to %.2f)",
                median(ratios), ratios.size(), Collections.min(ratios), Collections.max(ratios));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Over a whole answer but its first tokens, the listener's own among them. */
    private long bytesPerToken() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] seen = new long[4];
        generator.generate(
                conversation.messages(),
                settings,
                event -> {
                    if (event instanceof GenerationEvent.Delta delta) {
                        seen[2] += delta.tokenIds().size();
                        if (seen[0] == 0) {
                            seen[0] = threads.getCurrentThreadAllocatedBytes();
                            seen[3] = seen[2];
                        }
                        seen[1] = threads.getCurrentThreadAllocatedBytes();
                    }
                },
                new CancellationFlag());
        return (seen[1] - seen[0]) / (seen[2] - seen[3]);
    }
}
