package samovar.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.config.ModelFamily;
import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedModule;
import samovar.generate.BeamSearch;
import samovar.generate.DecoderState;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.GenerationLoop;
import samovar.generate.GenerationSettings;
import samovar.generate.ResolvedSettings;
import samovar.generate.Usage;
import samovar.model.Florence2Model;
import samovar.platform.CancellationFlag;
import samovar.platform.NanoClock;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.runtime.ModelRuntime;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;
import samovar.tensor.Tensor;
import samovar.tokenizer.StreamDecoder;

/** A loaded Florence-2: its sessions, and the generation over them. Not thread-safe; one run at a time. The owner closes it. */
final class Florence2Engine {
    final DtypePlan plan;
    final Florence2Files files;
    private final NanoClock clock;
    private final ModelRuntime runtime;
    private final Map<String, Session> sessions;
    private final Florence2Model model;
    private final DecoderState state;
    private final GenerationLoop loop;
    private final BeamSearch beams;
    private final RequestCheck check;
    private final int contextTokens;
    private boolean busy;
    private boolean closed;

    private Florence2Engine(
            PlatformPorts ports,
            DtypePlan plan,
            Florence2Files files,
            ModelRuntime runtime,
            Map<String, Session> sessions) {
        this.plan = plan;
        this.files = files;
        this.runtime = runtime;
        this.sessions = sessions;
        clock = ports.clock();
        contextTokens = files.config.maxPositions().orElse(Integer.MAX_VALUE);
        check = new RequestCheck(plan.repo().toString(), contextTokens, files.config.vocabSize());
        loop = new GenerationLoop(clock, contextTokens);
        beams = new BeamSearch(clock, contextTokens);
        model = new Florence2Model(
                sessions.get(ModelFamily.EMBED_TOKENS),
                sessions.get(ModelFamily.VISION_ENCODER),
                sessions.get(ModelFamily.ENCODER_MODEL),
                sessions.get(ModelFamily.DECODER_MODEL_MERGED),
                files.config);
        state = new DecoderState(model, 1);
    }

    /** May await in the browser. Throws what {@link CaptionModel#load} does. */
    static Florence2Engine load(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        Florence2Files files = Florence2Files.read(ports, plan);
        ModelRuntime runtime = ports.runtimes().open(plan.device());
        Map<String, Session> sessions = new LinkedHashMap<>();
        boolean ready = false;
        try {
            LoadListener told = new PlanProgress(plan, listener);
            runtime.prepare(plan, told);
            for (PlannedModule module : plan.modules()) {
                sessions.put(module.name(), runtime.open(request(plan, module), told));
            }
            Florence2Engine engine = new Florence2Engine(ports, plan, files, runtime, sessions);
            ready = true;
            told.on(new LoadEvent(LoadEvent.Phase.READY, "", plan.totalBytes(), plan.totalBytes(), false));
            return engine;
        } finally {
            if (!ready) {
                close(sessions, runtime);
            }
        }
    }

    private static SessionRequest request(DtypePlan plan, PlannedModule module) {
        Set<String> onHost = module.name().equals(ModelFamily.VISION_ENCODER)
                ? Set.of(Florence2Model.IMAGE_FEATURES)
                : module.name().equals(ModelFamily.DECODER_MODEL_MERGED) ? Set.of(Florence2Model.LOGITS) : Set.of();
        return new SessionRequest(plan.repo(), plan.commit(), module, onHost, plan.freeDimensionOverrides());
    }

    /** Begins a run; every run is ended by {@link #end}. */
    void begin() {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, plan.repo() + " was closed", "Load it again.");
        }
        if (busy) {
            throw new TaskException(
                    TaskException.Kind.BUSY,
                    plan.repo() + " is looking at another picture",
                    "Wait for its end, or cancel it.");
        }
        busy = true;
    }

    void end() {
        busy = false;
    }

    long now() {
        return clock.nanoTime();
    }

    /** An answer's ids as the reference's generate gives them, the decoder's start token first. */
    int[] withStart(List<Integer> answer) {
        int[] ids = new int[answer.size() + 1];
        ids[0] = files.decoderStart();
        for (int i = 1; i < ids.length; i++) {
            ids[i] = answer.get(i - 1);
        }
        return ids;
    }

    /** What the model sees of a picture; may be kept. Null if cancelled. May await in the browser. */
    Tensor imageFeatures(Tensor pixelValues, CancellationFlag cancellation) {
        try {
            return cancellation.isRaised() ? null : model.imageFeatures(pixelValues);
        } catch (RuntimeFault fault) {
            if (isCancelled(fault, cancellation)) {
                return null;
            }
            throw failed(fault);
        }
    }

    private static boolean isCancelled(RuntimeFault fault, CancellationFlag cancellation) {
        return fault.kind() == RuntimeFault.Kind.CANCELLED && cancellation.isRaised();
    }

    /**
     * Answers a prompt about a picture. May await in the browser.
     *
     * @param imageFeatures null where the caller was cancelled before there were any
     * @param startNanos when the caller's work for this answer began
     * @param preprocessMillis how much of it went into making the picture's pixel values
     * @param decoder a fresh one, for the answer's text
     * @return the answer without the decoder's start token; counts the picture's tokens among the prompt's
     */
    GenerationEvent.Finished generate(
            Tensor imageFeatures,
            int[] prompt,
            GenerationSettings asked,
            long startNanos,
            double preprocessMillis,
            StreamDecoder decoder,
            GenerationListener listener,
            CancellationFlag cancellation) {
        check.tokens(asked);
        ResolvedSettings settings = resolved(asked);
        int[] start = {files.decoderStart()};
        int promptTokens = imageFeatures == null ? 0 : imageFeatures.shape().dimension(1) + prompt.length;
        checkPrompt(promptTokens, prompt.length);
        try {
            read(imageFeatures, prompt, cancellation);
            double before = (clock.nanoTime() - startNanos) / 1e6;
            GenerationListener told = event -> listener.on(
                    event instanceof GenerationEvent.Finished last
                            ? whole(last, promptTokens, before, preprocessMillis)
                            : event);
            GenerationEvent.Finished finished = settings.numBeams() > 1
                    ? beams.run(model, start, settings, decoder, told, cancellation)
                    : loop.run(state, start, settings, decoder, told, cancellation);
            return whole(finished, promptTokens, before, preprocessMillis);
        } catch (RuntimeFault fault) {
            throw failed(fault);
        }
    }

    private void checkPrompt(int promptTokens, int textTokens) {
        if (promptTokens > contextTokens) {
            throw new TaskException(
                    TaskException.Kind.PROMPT_TOO_LONG,
                    "input: the prompt has " + textTokens + " tokens, and " + plan.repo() + " holds "
                            + (contextTokens - promptTokens + textTokens) + " beside the picture's",
                    "Shorten it.");
        }
    }

    /** An interrupt leaves nothing read, and the cancelled generation that follows runs nothing. */
    private void read(Tensor imageFeatures, int[] prompt, CancellationFlag cancellation) {
        try {
            if (!cancellation.isRaised()) {
                model.read(imageFeatures, prompt);
            }
        } catch (RuntimeFault fault) {
            if (!isCancelled(fault, cancellation)) {
                throw fault;
            }
        }
    }

    /** Beams are asked for by the request or, for a request that does not draw its tokens, by generation_config.json. */
    private ResolvedSettings resolved(GenerationSettings asked) {
        ResolvedSettings settings = ResolvedSettings.of(asked, files.defaults);
        Integer usual = files.defaults.numBeams();
        if (asked.numBeams() != null || usual == null || settings.sampling()) {
            return settings;
        }
        return ResolvedSettings.of(asked.toBuilder().numBeams(usual).build(), files.defaults);
    }

    private static GenerationEvent.Finished whole(
            GenerationEvent.Finished last, int promptTokens, double before, double preprocessMillis) {
        return new GenerationEvent.Finished(
                last.text(),
                last.tokenIds(),
                last.reason(),
                new Usage(promptTokens, last.usage().completionTokens()),
                last.timings().after(before, preprocessMillis));
    }

    /** Asks the run in progress to end at once, not after its step; may be called from another thread. */
    void interrupt() {
        for (Session session : sessions.values()) {
            session.interrupt();
        }
    }

    private TaskException failed(RuntimeFault fault) {
        boolean lost = fault.kind() == RuntimeFault.Kind.DEVICE_LOST || fault.kind() == RuntimeFault.Kind.OUT_OF_MEMORY;
        return new TaskException(
                lost ? TaskException.Kind.BACKEND_LOST : TaskException.Kind.RUN,
                plan.repo() + " on " + plan.device().label() + ": " + fault.getMessage(),
                lost ? "Load it in another place, or a smaller dtype." : "",
                fault);
    }

    /** A second call does nothing. */
    void close() {
        if (!closed) {
            closed = true;
            model.close();
            close(sessions, runtime);
        }
    }

    private static void close(Map<String, Session> sessions, ModelRuntime runtime) {
        for (Session session : sessions.values()) {
            session.close();
        }
        runtime.close();
    }
}
