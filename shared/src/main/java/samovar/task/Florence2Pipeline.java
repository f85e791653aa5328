package samovar.task;

import java.util.ArrayList;
import java.util.List;
import samovar.dtype.DtypePlan;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.generate.GenerationSettings;
import samovar.platform.CancellationFlag;
import samovar.tensor.Tensor;

/**
 * A loaded Florence-2 that answers token ids with token ids, as {@code Florence2ForConditionalGeneration} of Transformers.js
 * does; {@link CaptionModel} does the whole way from a file to a result. Not thread-safe; the owner closes it.
 */
public final class Florence2Pipeline {
    private final Florence2Engine engine;

    Florence2Pipeline(Florence2Engine engine) {
        this.engine = engine;
    }

    /** {@link #generate(List, Tensor, GenerationSettings, GenerationListener, CancellationFlag)} without looking on. */
    public List<int[]> generate(List<int[]> textInputs, Tensor visionInputs, GenerationSettings settings) {
        return generate(textInputs, visionInputs, settings, event -> {}, new CancellationFlag());
    }

    /**
     * Answers each prompt about the same picture, one after the other. May await in the browser.
     *
     * @param textInputs of each prompt the ids, with those that begin and end it
     * @param visionInputs as {@link Florence2Processor#process} gives it
     * @param listener told of each answer as it comes, without the tokens that begin and end it, and of its end
     * @return of each prompt the answer's ids, the decoder's start token first, the eos last
     * @throws TaskException PROMPT_TOO_LONG if a prompt has more tokens than the model has positions beside the picture's; RUN or
     *     BACKEND_LOST if the model fails
     * @throws samovar.generate.GenerationException if a setting cannot be honoured
     */
    public List<int[]> generate(
            List<int[]> textInputs,
            Tensor visionInputs,
            GenerationSettings settings,
            GenerationListener listener,
            CancellationFlag cancellation) {
        engine.begin();
        try {
            long start = engine.now();
            Tensor features = engine.imageFeatures(visionInputs, cancellation);
            List<int[]> answers = new ArrayList<>();
            for (int[] prompt : textInputs) {
                GenerationEvent.Finished finished = engine.generate(
                        features, prompt, settings, start, 0, engine.files.words(), listener, cancellation);
                answers.add(engine.withStart(finished.tokenIds()));
                start = engine.now();
            }
            return answers;
        } finally {
            engine.end();
        }
    }

    public DtypePlan plan() {
        return engine.plan;
    }

    /** Frees the model; a second call does nothing. */
    public void close() {
        engine.close();
    }
}
