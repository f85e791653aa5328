package samovar.generate;

import java.util.List;
import samovar.platform.CancellationFlag;
import samovar.platform.NanoClock;
import samovar.runtime.RuntimeFault;
import samovar.tokenizer.StreamDecoder;

/**
 * Generates one answer: runs the prompt, then one token after the other, until an eos, a stop string, a limit or the
 * caller ends it. One instance per model; not thread-safe. {@link #run} may await in the browser, between tokens only.
 */
public final class GenerationLoop {
    private final NanoClock clock;
    private final int contextTokens;

    /** @param contextTokens most tokens of prompt and answer together; {@link Integer#MAX_VALUE} for no limit */
    public GenerationLoop(NanoClock clock, int contextTokens) {
        this.clock = clock;
        this.contextTokens = contextTokens;
    }

    /**
     * Runs one generation to its end.
     *
     * @param prompt at least one token
     * @param decoder a fresh one, for the text of the answer
     * @param listener told of each delta, then of the end
     * @return what the listener was told last
     * @throws RuntimeFault if a step fails, or gives no logits to choose from
     */
    public GenerationEvent.Finished run(
            DecoderState state,
            int[] prompt,
            ResolvedSettings settings,
            StreamDecoder decoder,
            GenerationListener listener,
            CancellationFlag cancellation) {
        if (prompt.length == 0) {
            throw new GenerationException("prompt", "expected at least one token, found none");
        }
        long start = clock.nanoTime();
        int limit = settings.limitFor(prompt.length, contextTokens);
        Answer answer = new Answer(decoder, settings.stopStrings(), listener);
        TokenChoice choice = new TokenChoice(settings, prompt, limit, seed(settings, start));
        Stopwatch watch = new Stopwatch(clock, start);
        FinishReason reason = FinishReason.LENGTH;
        if (limit > 0) {
            reason = generate(state, prompt, choice, new EndRule(settings, limit), answer, watch, cancellation);
        }
        answer.finish();
        GenerationEvent.Finished finished = new GenerationEvent.Finished(
                answer.text(),
                answer.tokens(),
                reason,
                new Usage(prompt.length, answer.size()),
                watch.timings(answer.size()));
        listener.on(finished);
        return finished;
    }

    private static FinishReason generate(
            DecoderState state,
            int[] prompt,
            TokenChoice choice,
            EndRule end,
            Answer answer,
            Stopwatch watch,
            CancellationFlag cancellation) {
        try {
            float[] logits = state.begin(prompt, cancellation);
            while (logits != null && !cancellation.isRaised()) {
                int token = choice.next(logits);
                FinishReason reason = end.take(token, answer);
                watch.token();
                if (reason != null) {
                    return reason;
                }
                logits = state.append(token);
            }
        } catch (RuntimeFault fault) {
            if (fault.kind() != RuntimeFault.Kind.CANCELLED || !cancellation.isRaised()) {
                throw fault;
            }
        }
        return FinishReason.CANCELLED;
    }

    private static long seed(ResolvedSettings settings, long now) {
        return settings.seed() != null ? settings.seed() : now;
    }

    /** Says after each token whether it was the last. */
    private static final class EndRule {
        private final int[] eosTokenIds;
        private final List<Integer> forcedEosTokenIds;
        private final int limit;

        EndRule(ResolvedSettings settings, int limit) {
            List<Integer> eosTokenIds = settings.eosTokenIds();
            forcedEosTokenIds = settings.forcedEosTokenIds();
            this.eosTokenIds = new int[eosTokenIds.size()];
            for (int i = 0; i < this.eosTokenIds.length; i++) {
                this.eosTokenIds[i] = eosTokenIds.get(i);
            }
            this.limit = limit;
        }

        /** @return null if the answer goes on */
        FinishReason take(int token, Answer answer) {
            for (int eos : eosTokenIds) {
                if (token == eos) {
                    answer.addEos(token);
                    // The model was not asked whether it had come to its end.
                    boolean forced = answer.size() >= limit && forcedEosTokenIds.contains(token);
                    return forced ? FinishReason.LENGTH : FinishReason.STOP;
                }
            }
            answer.add(token);
            if (answer.isStopped()) {
                return FinishReason.STOP;
            }
            return answer.size() >= limit ? FinishReason.LENGTH : null;
        }
    }
}
