package samovar.generate;

import java.util.List;
import samovar.runtime.RuntimeFault;

/** Processes each row of logits and chooses its token, knowing all tokens so far. The leaf of the loop: it never awaits. */
final class TokenChoice {
    private final LogitsProcessor[] processors;
    private final Sampler sampler;
    private final TokenBuffer context;

    TokenChoice(ResolvedSettings settings, int[] prompt, int limit, long seed) {
        List<LogitsProcessor> chain = LogitsProcessors.of(settings, prompt.length, limit);
        processors = chain.toArray(new LogitsProcessor[0]);
        sampler = new Sampler(settings, new RandomSource(seed));
        context = TokenBuffer.of(prompt);
    }

    /** @param logits changed in place */
    int next(float[] logits) {
        for (LogitsProcessor processor : processors) {
            processor.process(logits, context);
        }
        int token = sampler.choose(logits);
        if (token < 0) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.FAILED_RUN,
                    "choosing token " + context.size()
                            + ": every logit is NaN or forbidden. Where no setting forbids all"
                            + " tokens, the model computes wrongly here: try another dtype (fp32 or q4) or another device");
        }
        context.add(token);
        return token;
    }
}
