package samovar.jvm.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlanException;
import samovar.dtype.PlanFault;
import samovar.dtype.PlannedModule;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.GenerationSettings;
import samovar.jvm.Fixtures;
import samovar.jvm.JvmImages;
import samovar.jvm.JvmOptions;
import samovar.jvm.JvmPipelines;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionResult;
import samovar.task.Florence2Pipeline;
import samovar.task.Florence2Processor;
import samovar.task.PipelineOptions;
import samovar.task.Pipelines;
import samovar.task.PlatformPorts;
import samovar.task.RawImage;
import samovar.tensor.Tensor;
import samovar.tokenizer.Tokenizer;

/**
 * What a lower dtype costs a Florence-2: its answers with each module lowered to each dtype alone, and with the documented mix,
 * against its own answers in fp32 on the same pictures. Started by {@code bench/jvm/captions}.
 *
 * <p>One thread, whose own processor time is taken, so that a busy machine blurs the figures less. fp32 is run once more beside
 * every eighth picture of a row, in turns: the time's ratio is the median of these pairs.
 */
public final class CaptionBench {
    static final String DETAILED = "<DETAILED_CAPTION>";
    static final String CAPTION = "<CAPTION>";
    static final String OBJECTS = "<OD>";

    /** As Transformers.js' documentation shows it for this family. */
    private static final Map<String, String> DOCUMENTED = Map.of(
            "embed_tokens", "fp16", "vision_encoder", "fp16", "encoder_model", "q4", "decoder_model_merged", "q4");

    private static final int PAIRED = 8;
    private static final int WARM_UP = 5;
    private static final GenerationSettings SETTINGS = GenerationSettings.maxNewTokens(256);

    private final String id;
    private final KeptSessions sessions;
    private final Pipelines pipelines;
    private final Florence2Processor processor;
    private final Tokenizer tokenizer;
    private final List<Picture> pictures;
    private final List<String> tasks;
    private final List<Double> preprocessingMillis = new ArrayList<>();

    /** A picture as the model takes it; {@code words} is what is drawn there, null where nobody knows. */
    private record Picture(RawImage image, List<String> words) {}

    private CaptionBench(String id, List<Picture> pictures, List<String> tasks) {
        JvmOptions options =
                JvmOptions.defaults().models(List.of(Fixtures.MODELS)).threads(1);
        PlatformPorts ports = JvmPipelines.ports(options, JvmPipelines.files(options));
        this.id = id;
        this.pictures = pictures;
        this.tasks = tasks;
        sessions = new KeptSessions(ports.runtimes().open(Device.CPU));
        pipelines = new Pipelines(new PlatformPorts(
                ports.files(),
                device -> sessions,
                ports.normalizer(),
                ports.clock(),
                ports.wallClock(),
                ports.images(),
                ports.capabilities()));
        processor = pipelines.florence2Processor(id);
        tokenizer = pipelines.tokenizer(id);
    }

    /**
     * @param arguments a model's id, a folder of pictures or "", how many to draw, the seed of the drawings, {@code all} for the other
     *     two tasks too, and the rows wanted: a regular expression, which the rows' names must match from their beginning
     */
    public static void main(String[] arguments) throws IOException {
        boolean drawn = arguments[1].isEmpty();
        List<Picture> pictures = drawn
                ? drawn(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]))
                : found(Path.of(arguments[1]));
        System.out.println(arguments[0] + ", " + pictures.size() + " pictures "
                + (drawn ? "drawn from the seed " + arguments[3] : "of " + arguments[1]));
        System.out.println();
        boolean all = arguments[4].equals("all");
        new CaptionBench(arguments[0], pictures, all ? List.of(DETAILED, CAPTION, OBJECTS) : List.of(DETAILED))
                .compare(new CaptionTable(all, drawn), Pattern.compile(arguments[5]));
    }

    private static List<Picture> drawn(int count, long seed) {
        Pipelines decoder = JvmPipelines.create(JvmOptions.defaults().offline(true));
        List<Picture> pictures = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            DrawnScene scene = DrawnScene.of(seed, number);
            pictures.add(new Picture(decoder.imageFromBytes(SceneDrawing.png(scene, seed + number)), scene.words()));
        }
        return pictures;
    }

    private static List<Picture> found(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> new Picture(JvmImages.read(file), null))
                    .toList();
        }
    }

    private void compare(CaptionTable table, Pattern wanted) {
        Florence2Pipeline whole = pipelines.florence2(id, PipelineOptions.dtype(Dtype.FP32.label()));
        for (int i = 0; i < WARM_UP; i++) {
            answers(whole, pixels(pictures.get(i % pictures.size())));
        }
        preprocessingMillis.clear();
        List<CaptionAnswers> reference = new ArrayList<>();
        for (Picture picture : pictures) {
            reference.add(answers(whole, pixels(picture)));
        }
        table.row("all fp32", whole.plan().totalBytes(), reference, reference, List.of(), words());
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (PlannedModule module : whole.plan().modules()) {
            for (Dtype dtype : Dtype.values()) {
                if (dtype != Dtype.FP32) {
                    rows.put(module.name() + " " + dtype.label(), Map.of(module.name(), dtype.label()));
                }
            }
        }
        rows.put("the documented mix", DOCUMENTED);
        rows.forEach((title, lowered) -> {
            if (wanted.matcher(title).lookingAt()) {
                row(table, title, lowered, whole, reference);
            }
        });
        table.end(preprocessingMillis);
        whole.close();
        sessions.closeAll();
    }

    private List<List<String>> words() {
        return pictures.stream().map(Picture::words).toList();
    }

    private Tensor pixels(Picture picture) {
        long start = processorNanos();
        Tensor pixels = processor.process(picture.image());
        preprocessingMillis.add((processorNanos() - start) / 1e6);
        return pixels;
    }

    /** A dtype that the repository lacks has no row. */
    private void row(
            CaptionTable table,
            String title,
            Map<String, String> lowered,
            Florence2Pipeline whole,
            List<CaptionAnswers> reference) {
        Map<String, String> dtypes = new LinkedHashMap<>();
        whole.plan().modules().forEach(module -> dtypes.put(module.name(), Dtype.FP32.label()));
        dtypes.putAll(lowered);
        Florence2Pipeline model;
        try {
            model = pipelines.florence2(id, PipelineOptions.dtype(dtypes));
        } catch (DtypePlanException e) {
            if (e.faults().stream().allMatch(fault -> fault.kind() == PlanFault.Kind.FILE_MISSING)) {
                return;
            }
            throw e;
        }
        List<CaptionAnswers> answers = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            answers(model, pixels(pictures.get(i % pictures.size())));
        }
        for (int i = 0; i < pictures.size(); i++) {
            Tensor pixels = pixels(pictures.get(i));
            boolean paired = i % PAIRED == 0;
            boolean wholeFirst = i % (2 * PAIRED) == 0;
            double beside = paired && wholeFirst ? detailedMillis(whole, pixels) : 0;
            CaptionAnswers answer = answers(model, pixels);
            answers.add(answer);
            if (paired) {
                beside = wholeFirst ? beside : detailedMillis(whole, pixels);
                ratios.add(answer.detailedMillis() / beside);
            }
        }
        table.row(title, model.plan().totalBytes(), answers, reference, ratios, words());
        model.close();
    }

    /** The time of a detailed caption, from the picture's numbers to its last token. */
    private double detailedMillis(Florence2Pipeline model, Tensor pixels) {
        List<int[]> prompt = tokenizer.encode(processor.constructPrompts(DETAILED));
        long start = processorNanos();
        model.generate(prompt, pixels, SETTINGS);
        return (processorNanos() - start) / 1e6;
    }

    /** All tasks after one look at the picture; the first is timed up to its end. */
    private CaptionAnswers answers(Florence2Pipeline model, Tensor pixels) {
        List<String> prompts = new ArrayList<>();
        for (String task : tasks) {
            prompts.addAll(processor.constructPrompts(task));
        }
        List<int[]> encoded = tokenizer.encode(prompts);
        List<Long> ends = new ArrayList<>();
        GenerationListener listener = event -> {
            if (event instanceof GenerationEvent.Finished) {
                ends.add(processorNanos());
            }
        };
        long start = processorNanos();
        List<int[]> ids = model.generate(encoded, pixels, SETTINGS, listener, new CancellationFlag());
        return new CaptionAnswers(
                IntStream.of(ids.get(0)).boxed().toList(),
                tokenizer.decode(ids.get(0), true),
                ids.size() == 1 ? "" : tokenizer.decode(ids.get(1), true),
                ids.size() == 1 ? List.of() : labels(ids.get(2)),
                (ends.get(0) - start) / 1e6);
    }

    private List<String> labels(int[] ids) {
        // The size plays no part in labels.
        CaptionResult result = processor
                .postProcessGeneration(
                        tokenizer.decode(ids, false),
                        OBJECTS,
                        pictures.get(0).image().size())
                .get(OBJECTS);
        return result instanceof CaptionResult.Boxes boxes
                ? boxes.boxes().stream().map(CaptionResult.Box::label).toList()
                : List.of();
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
