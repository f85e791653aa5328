package samovar.task;

import java.util.Objects;
import samovar.generate.GenerationEvent;
import samovar.image.ImageSize;

/**
 * What a {@link CaptionBackend} found. Immutable.
 *
 * @param task the token of the task that was run, {@code <CAPTION>} for example
 * @param result what the model said, read as the task asks; places are in pixels of the picture as it was given
 * @param size of the picture, upright
 * @param finished the model's words as they came, tokens, reason, usage and timings
 */
public record CaptionAnswer(String task, CaptionResult result, ImageSize size, GenerationEvent.Finished finished) {
    public CaptionAnswer {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(finished, "finished");
    }
}
