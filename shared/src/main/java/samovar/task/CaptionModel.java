package samovar.task;

import java.util.Arrays;
import samovar.dtype.DtypePlan;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.image.ImageSize;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;
import samovar.tensor.Tensor;

/**
 * A loaded Florence-2 that takes a picture's file and answers with what is in it. What it saw of the last picture is kept, so
 * that another task on the same file costs no second look. Not thread-safe; one picture at a time. The owner closes it.
 *
 * <p>Settings are the request's, else generation_config.json's, its beams among them; a request that draws its tokens (by a
 * temperature, say) goes with one sequence, unless it asks for beams, which is refused.
 */
public final class CaptionModel implements CaptionBackend {
    private final PlatformPorts ports;
    private final Florence2Engine engine;
    private byte[] seenFile;
    private Tensor seenFeatures;
    private ImageSize seenSize;

    private CaptionModel(PlatformPorts ports, Florence2Engine engine) {
        this.ports = ports;
        this.engine = engine;
    }

    /**
     * Loads the model of a plan: its text files, which are all checked first, then its weights. May await in the browser.
     *
     * @param listener told of each phase, READY last
     * @throws TaskException UNSUPPORTED_MODEL if the family is another one, or the model names no tasks
     * @throws samovar.runtime.RuntimeFault if the weights cannot be had or a session not created
     * @throws samovar.hub.HubException if a text file cannot be had
     * @throws samovar.tokenizer.TokenizerException if the tokenizer has parts that are not supported
     */
    public static CaptionModel load(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        return new CaptionModel(ports, Florence2Engine.load(ports, plan, listener));
    }

    public DtypePlan plan() {
        return engine.plan;
    }

    /** What this model can be asked. */
    public Florence2Tasks tasks() {
        return engine.files.processor.tasks();
    }

    @Override
    public CaptionAnswer caption(CaptionRequest request, GenerationListener listener, CancellationFlag cancellation) {
        Florence2Tasks.Asked asked = tasks().ask(request.task(), request.input());
        engine.begin();
        try {
            long start = engine.now();
            double preprocessMillis = look(request.image(), cancellation);
            int[] prompt = engine.files.tokenizer.encode(asked.prompt(), true);
            GenerationEvent.Finished finished = engine.generate(
                    seenFeatures,
                    prompt,
                    request.settings(),
                    start,
                    preprocessMillis,
                    engine.files.words(),
                    listener,
                    cancellation);
            String raw = engine.files.tokenizer.decode(engine.withStart(finished.tokenIds()), false);
            CaptionResult result = Florence2Answers.read(raw, asked.task().answer(), seenSize);
            return new CaptionAnswer(asked.task().token(), result, seenSize, finished);
        } finally {
            engine.end();
        }
    }

    /** How many milliseconds it took from the file to the model's input; 0 where the picture was seen before. */
    private double look(byte[] file, CancellationFlag cancellation) {
        if (seenFeatures != null && Arrays.equals(seenFile, file)) {
            return 0;
        }
        long start = engine.now();
        seenFeatures = null;
        RawImage image = new RawImage(ports.images().decode(file));
        seenSize = image.size();
        seenFile = file;
        Tensor pixelValues = engine.files.processor.process(image);
        double millis = (engine.now() - start) / 1e6;
        seenFeatures = engine.imageFeatures(pixelValues, cancellation);
        return millis;
    }

    /** Asks the run in progress to end at once, not after its step; may be called from another thread. */
    public void interrupt() {
        engine.interrupt();
    }

    @Override
    public void close() {
        engine.close();
        seenFile = null;
        seenFeatures = null;
    }
}
