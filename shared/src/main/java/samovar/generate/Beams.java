package samovar.generate;

import java.util.ArrayList;
import java.util.List;
import samovar.config.GenerationDefaults.EarlyStopping;
import samovar.runtime.RuntimeFault;
import samovar.tokenizer.StreamDecoder;

/**
 * The sequences of one beam search: those that go on, best first, and the best of those that ended. A leaf of the search: it
 * never awaits. Not thread-safe.
 */
final class Beams {
    private final ResolvedSettings settings;
    private final int count;
    /** How many continuations are looked at in each step: enough that as many as beams go on though some end. */
    private final int kept;

    private final int promptTokens;
    private final int limit;
    private final LogitsProcessor[] processors;
    private final StreamDecoder decoder;
    private final List<Beam> live = new ArrayList<>();
    private final List<Beam> ended = new ArrayList<>();
    private int[] parents = {};

    /** The best continuations of a step, descending; their row and token. */
    private final double[] scores;

    private final int[] rows;
    private final int[] tokens;
    private int found;
    private boolean improvable = true;

    /** @param decoder looks for stop strings, where some are asked for */
    Beams(ResolvedSettings settings, int[] prompt, int limit, StreamDecoder decoder) {
        this.settings = settings;
        this.limit = limit;
        this.decoder = decoder;
        count = settings.numBeams();
        kept = Math.max(2, 1 + settings.eosTokenIds().size()) * count;
        promptTokens = prompt.length;
        processors = LogitsProcessors.of(settings, prompt.length, limit).toArray(new LogitsProcessor[0]);
        live.add(Beam.of(prompt));
        scores = new double[kept];
        rows = new int[kept];
        tokens = new int[kept];
    }

    /** By sequence that goes on, its number among those before the last {@link #extend}. */
    int[] parents() {
        return parents.clone();
    }

    /** By sequence that goes on, the token it got. */
    int[] lastTokens() {
        int[] last = new int[live.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = live.get(i).lastToken();
        }
        return last;
    }

    /** The best sequence that ended; where none did, because the caller stopped early, the best that went on. */
    Beam best() {
        return ended.isEmpty() ? live.get(0) : ended.get(0);
    }

    /**
     * Chooses each sequence's next token.
     *
     * @param logits by sequence that goes on, changed in place
     * @return whether the search goes on
     */
    boolean extend(float[][] logits) {
        found = 0;
        for (int row = 0; row < live.size(); row++) {
            look(row, logits[row]);
        }
        if (found == 0) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.FAILED_RUN,
                    "choosing token " + live.get(0).length()
                            + " of a beam search: every logit is NaN or forbidden. Where no setting forbids all"
                            + " tokens, the model computes wrongly here: try another dtype (fp32 or q4) or another device");
        }
        return choose();
    }

    /** Log-probabilities of one sequence's next token; the best of all sequences are collected. */
    private void look(int row, float[] logits) {
        Beam beam = live.get(row);
        logSoftmax(logits);
        TokenBuffer context = beam.context(promptTokens);
        for (LogitsProcessor processor : processors) {
            processor.process(logits, context);
        }
        for (int token = 0; token < logits.length; token++) {
            double score = beam.score + logits[token];
            if (score > Double.NEGATIVE_INFINITY && (found < kept || score > scores[kept - 1])) {
                insert(score, row, token);
            }
        }
    }

    private static void logSoftmax(float[] logits) {
        float most = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            if (logit > most) {
                most = logit;
            }
        }
        double sum = 0;
        for (float logit : logits) {
            sum += PortableMath.expOfNegative((double) logit - most);
        }
        double shift = most + PortableMath.logOfAtLeastOne(Math.max(sum, 1));
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (logits[i] - shift);
        }
    }

    private void insert(double score, int row, int token) {
        int at = found < kept ? found++ : kept - 1;
        while (at > 0 && scores[at - 1] < score) {
            scores[at] = scores[at - 1];
            rows[at] = rows[at - 1];
            tokens[at] = tokens[at - 1];
            at--;
        }
        scores[at] = score;
        rows[at] = row;
        tokens[at] = token;
    }

    private boolean choose() {
        boolean full = ended.size() == count && settings.earlyStopping() == EarlyStopping.WHEN_FULL;
        boolean wasImprovable = improvable;
        List<Beam> next = new ArrayList<>();
        int[] nextParents = new int[count];
        int made = live.get(0).length() + 1 - promptTokens;
        boolean anyGoesOn = false;
        for (int i = 0; i < found; i++) {
            Beam longer = live.get(rows[i]).with(tokens[i], scores[i]);
            boolean ends = ends(longer, made);
            anyGoesOn |= !ends;
            if (!ends && next.size() < count) {
                nextParents[next.size()] = rows[i];
                next.add(longer);
            } else if (ends && i < count && !full && wasImprovable) {
                end(longer.scored(perLength(scores[i], made)));
            }
        }
        live.clear();
        live.addAll(next);
        parents = new int[next.size()];
        System.arraycopy(nextParents, 0, parents, 0, parents.length);
        return anyGoesOn && goesOn(made);
    }

    private boolean ends(Beam beam, int made) {
        return made >= limit || settings.eosTokenIds().contains(beam.lastToken()) || hasStopString(beam);
    }

    private boolean hasStopString(Beam beam) {
        if (settings.stopStrings().isEmpty()) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        for (int token : beam.tokens(promptTokens)) {
            text.append(decoder.add(token));
        }
        text.append(decoder.finish());
        for (String stop : settings.stopStrings()) {
            if (text.indexOf(stop) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Equal scores keep their order: the one that ended first stays before. */
    private void end(Beam beam) {
        int at = ended.size();
        while (at > 0 && ended.get(at - 1).score < beam.score) {
            at--;
        }
        ended.add(at, beam);
        if (ended.size() > count) {
            ended.remove(count);
        }
    }

    private double perLength(double score, int length) {
        double penalty = settings.lengthPenalty();
        return penalty == 1 ? score / length : score / Math.pow(length, penalty);
    }

    /** Whether a sequence that goes on may still become better than the worst that ended. */
    private boolean goesOn(int made) {
        boolean allEnded = ended.size() == count;
        int hopedFor = settings.earlyStopping() == EarlyStopping.NEVER && settings.lengthPenalty() > 0 ? limit : made;
        if (allEnded) {
            double hope = perLength(live.get(0).score, hopedFor);
            improvable &= hope > ended.get(count - 1).score;
        }
        return improvable && !(allEnded && settings.earlyStopping() == EarlyStopping.WHEN_FULL);
    }
}
