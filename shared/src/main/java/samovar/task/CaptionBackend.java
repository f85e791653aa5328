package samovar.task;

import samovar.generate.GenerationListener;
import samovar.platform.CancellationFlag;

/**
 * Says what is in a picture: a model in this realm, in a worker, or on a server; the caller cannot tell which. {@link
 * #caption} may await in the browser. One picture at a time.
 */
public interface CaptionBackend {
    /**
     * Decodes the picture, runs the task on it, and reads the model's answer.
     *
     * @param listener told of text as it comes (with beam search all at the end), and of the end, before this method
     *     returns; the text is the model's words without special tokens, which for tasks that locate things is not the result
     * @param cancellation ends the run after the token in the making; the answer then holds what was there
     * @throws TaskException INVALID_REQUEST for a task that the model has not, naming those it has, or an input where none
     *     belongs; else its kind says why
     * @throws samovar.image.ImageException if the file cannot be decoded
     * @throws samovar.generate.GenerationException if a setting is outside its range
     */
    CaptionAnswer caption(CaptionRequest request, GenerationListener listener, CancellationFlag cancellation);

    /** Frees the model; a second call does nothing. Never awaits. */
    void close();
}
