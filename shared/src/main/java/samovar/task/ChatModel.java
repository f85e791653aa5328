package samovar.task;

import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.chat.ChatMessage;
import samovar.config.ModelFamily;
import samovar.dtype.DtypePlan;
import samovar.generate.DecoderState;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.GenerationLoop;
import samovar.generate.ResolvedSettings;
import samovar.model.CausalLanguageModel;
import samovar.model.DecoderGraphEdit;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.runtime.ModelRuntime;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

/**
 * A loaded language model: tokenizer, chat template, session, and the state of its KV cache, from which a conversation
 * that goes on is continued. Not thread-safe; one turn at a time. The owner closes it.
 */
public final class ChatModel implements ChatBackend {
    private final DtypePlan plan;
    private final ChatFiles files;
    private final PromptBuilder prompts;
    private final RequestCheck check;
    private final ModelRuntime runtime;
    private final Session session;
    private final DecoderState state;
    private final GenerationLoop loop;
    private final int contextTokens;
    private boolean busy;
    private boolean closed;

    private ChatModel(
            PlatformPorts ports,
            DtypePlan plan,
            ChatFiles files,
            ModelRuntime runtime,
            Session session,
            DecoderState state) {
        this.plan = plan;
        this.files = files;
        this.runtime = runtime;
        this.session = session;
        this.state = state;
        contextTokens = files.config.maxPositions().orElse(Integer.MAX_VALUE);
        check = new RequestCheck(plan.repo().toString(), contextTokens, files.config.vocabSize());
        prompts = new PromptBuilder(files.tokenizer, files.template, ports.wallClock());
        loop = new GenerationLoop(ports.clock(), contextTokens);
    }

    /**
     * Loads the model of a plan: its text files, which are all checked first, then its weights. May await in the browser.
     *
     * @param listener told of each phase, READY last
     * @throws TaskException UNSUPPORTED_MODEL if the family does not chat, NO_CHAT_TEMPLATE
     * @throws RuntimeFault if the weights cannot be had or the session not created
     * @throws samovar.hub.HubException if a text file cannot be had
     * @throws samovar.tokenizer.TokenizerException if the tokenizer has parts that are not supported
     * @throws samovar.chat.ChatTemplateException if the chat template does not compile
     */
    public static ChatModel load(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        if (plan.family() != ModelFamily.DECODER_ONLY) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    plan.repo() + " is a model of the family " + plan.family().label()
                            + "; text generation runs the family " + ModelFamily.DECODER_ONLY.label(),
                    "Choose a language model, or the pipeline of that family.");
        }
        ChatFiles files = ChatFiles.read(ports, plan);
        ModelRuntime runtime = ports.runtimes().open(plan.device());
        Session session = null;
        CausalLanguageModel decoder = null;
        boolean ready = false;
        try {
            LoadListener told = new PlanProgress(plan, listener);
            runtime.prepare(plan, told);
            session = runtime.open(request(plan, files), told);
            decoder = new CausalLanguageModel(session, files.config);
            DecoderState state = new DecoderState(decoder, decoder.chunkTokens());
            ChatModel model = new ChatModel(ports, plan, files, runtime, session, state);
            model.warm(ports, told);
            ready = true;
            told.on(new LoadEvent(LoadEvent.Phase.READY, "", plan.totalBytes(), plan.totalBytes(), false));
            return model;
        } finally {
            if (!ready) {
                if (decoder != null) {
                    decoder.close();
                }
                if (session != null) {
                    session.close();
                }
                runtime.close();
            }
        }
    }

    private static SessionRequest request(DtypePlan plan, ChatFiles files) {
        return new SessionRequest(
                plan.repo(),
                plan.commit(),
                plan.module(ModelFamily.MODEL),
                Set.of(CausalLanguageModel.LOGITS),
                new DecoderGraphEdit(files.config.maxPositions().orElse(0)),
                plan.freeDimensionOverrides());
    }

    /** One token run ahead compiles kernels that the first turn would wait for. A software adapter would take seconds for it. */
    private void warm(PlatformPorts ports, LoadListener listener) {
        writeAhead();
        if (ports.capabilities().softwareAdapter()) {
            return;
        }
        listener.on(new LoadEvent(LoadEvent.Phase.WARMING, ModelFamily.MODEL, 0, 0, false));
        CancellationFlag never = new CancellationFlag();
        state.begin(new int[] {0}, never);
        state.append(0);
        state.reset();
    }

    /** A prompt written ahead, since browsers compile code when it first runs. */
    private void writeAhead() {
        try {
            prompts.promptIds(List.of(ChatMessage.user("Hello, 1 2 3.")), List.of(), Map.of());
        } catch (TaskException refused) {
            // A template may want other roles, or tools: whoever chats is told then.
            return;
        }
    }

    public DtypePlan plan() {
        return plan;
    }

    /**
     * Tokens of the prompt that these messages make.
     *
     * @throws TaskException CHAT_TEMPLATE if the template refuses them
     */
    public int countPromptTokens(List<ChatMessage> messages) {
        return prompts.promptIds(messages, List.of(), Map.of()).length;
    }

    /** Most tokens of prompt and answer together; {@link Integer#MAX_VALUE} where the model names no limit. */
    public int contextTokens() {
        return contextTokens;
    }

    /** How many prompt tokens of the last turn were in the KV cache already. */
    public int reusedTokens() {
        return state.reusedTokens();
    }

    @Override
    public GenerationEvent.Finished chat(
            ChatRequest request, GenerationListener listener, CancellationFlag cancellation) {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, plan.repo() + " was closed", "Load it again.");
        }
        if (busy) {
            throw new TaskException(
                    TaskException.Kind.BUSY,
                    plan.repo() + " is answering another turn",
                    "Wait for its end, or cancel it.");
        }
        check.settings(request);
        ResolvedSettings settings = ResolvedSettings.of(request.settings(), files.defaults);
        int[] prompt = prompts.promptIds(request.messages(), request.tools(), request.templateExtras());
        check.prompt(prompt.length);
        busy = true;
        try {
            return loop.run(state, prompt, settings, files.tokenizer.streamDecoder(true), listener, cancellation);
        } catch (RuntimeFault fault) {
            throw failed(fault);
        } finally {
            busy = false;
        }
    }

    /** Asks the run in progress to end at once, not after its step; may be called from another thread. */
    public void interrupt() {
        session.interrupt();
    }

    private TaskException failed(RuntimeFault fault) {
        boolean lost = fault.kind() == RuntimeFault.Kind.DEVICE_LOST || fault.kind() == RuntimeFault.Kind.OUT_OF_MEMORY;
        return new TaskException(
                lost ? TaskException.Kind.BACKEND_LOST : TaskException.Kind.RUN,
                plan.repo() + " on " + plan.device().label() + ": " + fault.getMessage(),
                lost ? "Load it in another place, or a smaller dtype." : "",
                fault);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            state.close();
            session.close();
            runtime.close();
        }
    }
}
