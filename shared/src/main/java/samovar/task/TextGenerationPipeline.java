package samovar.task;

import java.util.List;
import samovar.chat.ChatMessage;
import samovar.dtype.DtypePlan;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.GenerationSettings;
import samovar.platform.CancellationFlag;

/**
 * A loaded chat model that answers conversations, as {@code pipeline("text-generation", …)} of Transformers.js does. Not
 * thread-safe; the owner closes it.
 */
public final class TextGenerationPipeline {
    private final ChatModel model;

    TextGenerationPipeline(ChatModel model) {
        this.model = model;
    }

    /** Answers the last message. May await in the browser. */
    public TextGeneration generate(List<ChatMessage> messages, GenerationSettings settings) {
        return generate(messages, settings, event -> {}, new CancellationFlag());
    }

    /**
     * Answers the last message, telling of text as it comes.
     *
     * @throws TaskException if the conversation is empty or too long for the model, or its template refuses it
     */
    public TextGeneration generate(
            List<ChatMessage> messages,
            GenerationSettings settings,
            GenerationListener listener,
            CancellationFlag cancellation) {
        ChatRequest request = new ChatRequest(model.plan().repo().toString(), messages, settings);
        GenerationEvent.Finished finished = model.chat(request, listener, cancellation);
        return TextGeneration.of(messages, finished);
    }

    /** The model behind, for counting tokens and for the plan. */
    public ChatModel model() {
        return model;
    }

    public DtypePlan plan() {
        return model.plan();
    }

    /** Frees the model; a second call does nothing. */
    public void close() {
        model.close();
    }
}
