package samovar.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.PreprocessorConfig;
import samovar.image.ImagePreprocessor;
import samovar.image.ImageSize;
import samovar.tensor.Tensor;

/**
 * What goes into a Florence-2 and what its words mean, as transformers' {@code Florence2Processor}. Immutable; may be shared
 * between threads. Never awaits.
 */
public final class Florence2Processor {
    private final Florence2Tasks known;
    private final ImagePreprocessor preprocessor;

    /** @throws TaskException UNSUPPORTED_MODEL if the file names no tasks */
    public Florence2Processor(PreprocessorConfig config) {
        known = Florence2Tasks.of(config);
        preprocessor = new ImagePreprocessor(config);
    }

    /** What this model can be asked. */
    public Florence2Tasks tasks() {
        return known;
    }

    /** The picture as the model sees it: float32 {@code [1, 3, height, width]}, normalized. */
    public Tensor process(RawImage image) {
        return preprocessor.pixelValues(image.rgb());
    }

    /**
     * The prompt of one text, in a list as the reference gives it. {@code <CAPTION>} gives {@code What does the image
     * describe?}; a task that takes an input has it behind its token; any other text is its own prompt.
     *
     * @throws TaskException INVALID_REQUEST where a task that wants no input has more beside its token
     */
    public List<String> constructPrompts(String text) {
        return List.of(known.prompt(text));
    }

    /**
     * What the model's words mean. Whatever it wrote, what can be read of it is read.
     *
     * @param text what it wrote, special tokens included
     * @param task the task's token; the words of one that is not known are the result as they are
     * @param size of the picture that it saw, for places in pixels
     * @return one entry, from the task's token to its result
     */
    public Map<String, CaptionResult> postProcessGeneration(String text, String task, ImageSize size) {
        AnswerType type = known.find(task).map(Florence2Task::answer).orElse(AnswerType.PURE_TEXT);
        Map<String, CaptionResult> results = new LinkedHashMap<>();
        results.put(task, Florence2Answers.read(text, type, size));
        return results;
    }
}
