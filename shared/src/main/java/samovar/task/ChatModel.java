package samovar.task;

import java.util.List;
import samovar.chat.ChatMessage;
import samovar.dtype.DtypePlan;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;

/**
 * A loaded language model: tokenizer, chat template, session and the state of its KV cache. Not thread-safe; one turn
 * at a time. The owner closes it.
 */
public final class ChatModel implements ChatBackend {
    private final DtypePlan plan;

    private ChatModel(DtypePlan plan) {
        this.plan = plan;
    }

    /**
     * Loads the model of a plan. May await in the browser.
     *
     * @param listener told of each phase, READY last
     * @throws TaskException if the model's family does not chat
     * @throws samovar.runtime.RuntimeFault if the weights cannot be had or the session not created
     * @throws samovar.hub.HubException if a text file is missing
     */
    public static ChatModel load(PlatformPorts ports, DtypePlan plan, LoadListener listener) {
        return new ChatModel(plan);
    }

    public DtypePlan plan() {
        return plan;
    }

    /** Tokens of the prompt that these messages make. */
    public int countPromptTokens(List<ChatMessage> messages) {
        return messages.size();
    }

    /** Most tokens of prompt and answer together; {@link Integer#MAX_VALUE} where the model names no limit. */
    public int contextTokens() {
        return Integer.MAX_VALUE;
    }

    @Override
    public GenerationEvent.Finished chat(
            ChatRequest request, GenerationListener listener, CancellationFlag cancellation) {
        throw notYet();
    }

    @Override
    public void close() {}

    private static TaskException notYet() {
        return new TaskException(TaskException.Kind.LOAD, "not built yet", "");
    }
}
