package samovar.generate;

import java.util.ArrayList;
import java.util.List;
import samovar.platform.CancellationFlag;
import samovar.platform.NanoClock;
import samovar.runtime.RuntimeFault;
import samovar.tokenizer.StreamDecoder;

/**
 * Generates one answer by beam search: at each step the likeliest continuations of all sequences together go on, and of those
 * that ended, the one with the highest log-probability per token is the answer. The same rules in the same order as
 * transformers' {@code _beam_search}: log-softmax, then the logits processors, without normalizing anew.
 *
 * <p>Which sequence is the answer is known at the end, so the listener is told all of the text at once. One instance per
 * model; not thread-safe. {@link #run} may await in the browser, between steps only.
 */
public final class BeamSearch {
    private final NanoClock clock;
    private final int contextTokens;

    /** @param contextTokens most tokens of prompt and answer together; {@link Integer#MAX_VALUE} for no limit */
    public BeamSearch(NanoClock clock, int contextTokens) {
        this.clock = clock;
        this.contextTokens = contextTokens;
    }

    /**
     * Runs one generation to its end. A cancelled one answers with the likeliest sequence so far.
     *
     * @param prompt at least one token
     * @param settings with {@code numBeams} of 1 or more
     * @param decoder a fresh one, for the text of the answer
     * @return what the listener was told last
     * @throws GenerationException if the settings ask for sampling too
     * @throws RuntimeFault if a step fails, or gives no logits to choose from
     */
    public GenerationEvent.Finished run(
            BeamStep step,
            int[] prompt,
            ResolvedSettings settings,
            StreamDecoder decoder,
            GenerationListener listener,
            CancellationFlag cancellation) {
        if (settings.sampling()) {
            throw new GenerationException(
                    "num_beams",
                    "beam search with sampling is not there, and num_beams " + settings.numBeams()
                            + " was asked together with it; ask for temperature 0, or for num_beams 1");
        }
        long start = clock.nanoTime();
        int limit = settings.limitFor(prompt.length, contextTokens);
        Stopwatch watch = new Stopwatch(clock, start);
        Beam best = null;
        boolean cancelled = false;
        try {
            best = search(step, prompt, settings, limit, decoder, watch, cancellation);
        } catch (RuntimeFault fault) {
            if (fault.kind() != RuntimeFault.Kind.CANCELLED || !cancellation.isRaised()) {
                throw fault;
            }
            cancelled = true;
        } finally {
            step.clear();
        }
        GenerationEvent.Finished finished = tell(
                best == null ? List.of() : best.tokens(prompt.length),
                cancelled || cancellation.isRaised(),
                prompt.length,
                limit,
                settings,
                decoder,
                watch,
                listener);
        listener.on(finished);
        return finished;
    }

    private static Beam search(
            BeamStep step,
            int[] prompt,
            ResolvedSettings settings,
            int limit,
            StreamDecoder decoder,
            Stopwatch watch,
            CancellationFlag cancellation) {
        Beams beams = new Beams(settings, prompt, limit, decoder);
        if (limit <= 0 || cancellation.isRaised()) {
            return null;
        }
        boolean open = beams.extend(new float[][] {step.begin(prompt)});
        watch.token();
        while (open && !cancellation.isRaised()) {
            open = beams.extend(step.advance(beams.parents(), beams.lastTokens()));
        }
        return beams.best();
    }

    /** The answer goes the same way as a greedy one's, token by token, but at once. */
    private static GenerationEvent.Finished tell(
            List<Integer> tokens,
            boolean cancelled,
            int promptTokens,
            int limit,
            ResolvedSettings settings,
            StreamDecoder decoder,
            Stopwatch watch,
            GenerationListener listener) {
        List<GenerationEvent> held = new ArrayList<>();
        Answer answer = new Answer(decoder, settings.stopStrings(), held::add);
        FinishReason reason = cancelled ? FinishReason.CANCELLED : FinishReason.LENGTH;
        for (int token : tokens) {
            if (settings.eosTokenIds().contains(token)) {
                answer.addEos(token);
                boolean forced =
                        tokens.size() >= limit && settings.forcedEosTokenIds().contains(token);
                reason = cancelled || forced ? reason : FinishReason.STOP;
            } else {
                answer.add(token);
            }
        }
        if (answer.isStopped() && !cancelled) {
            reason = FinishReason.STOP;
        }
        answer.finish();
        if (!tokens.isEmpty()) {
            listener.on(new GenerationEvent.Delta(answer.text(), tokens));
        }
        return new GenerationEvent.Finished(
                answer.text(),
                answer.tokens(),
                reason,
                new Usage(promptTokens, answer.size()),
                watch.timings(answer.size()));
    }
}
