package samovar.task;

import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.platform.CancellationFlag;

/**
 * Answers a conversation: a model in this realm, in a worker, or on a server; the caller cannot tell which. {@link #chat}
 * may await in the browser. One turn at a time.
 */
public interface ChatBackend {
    /**
     * Answers the last message.
     *
     * @param listener told of text as it comes, and of the end, before this method returns
     * @param cancellation ends the turn after the token in the making; the turn then finishes as cancelled
     * @return the same value that the listener was told last
     * @throws TaskException if the turn cannot be done; its kind says why
     * @throws samovar.generate.GenerationException if a setting is outside its range
     */
    GenerationEvent.Finished chat(ChatRequest request, GenerationListener listener, CancellationFlag cancellation);

    /** Frees the model; a second call does nothing. Never awaits. */
    void close();
}
