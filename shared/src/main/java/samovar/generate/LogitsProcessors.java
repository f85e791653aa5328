package samovar.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The processors of Hugging Face's transformers ({@code generation/logits_process.py}) that act on all logits. Token ids
 * outside the vocabulary are passed over.
 */
public final class LogitsProcessors {
    private static final float FORBIDDEN = Float.NEGATIVE_INFINITY;

    private LogitsProcessors() {}

    /**
     * Everything these settings ask for, in the order in which transformers' generate applies it; the logit bias goes
     * first, as its sequence bias does. What narrows a draw (temperature to typical_p) is the {@link Sampler}'s.
     *
     * @param limit most tokens that this generation may make
     */
    public static List<LogitsProcessor> of(ResolvedSettings settings, int promptTokens, int limit) {
        List<LogitsProcessor> chain = new ArrayList<>();
        if (!settings.logitBias().isEmpty()) {
            chain.add(logitBias(settings.logitBias()));
        }
        if (settings.repetitionPenalty() != 1) {
            chain.add(repetitionPenalty(settings.repetitionPenalty()));
        }
        if (settings.noRepeatNgramSize() > 0) {
            chain.add(noRepeatNgram(settings.noRepeatNgramSize()));
        }
        if (!settings.badWordsIds().isEmpty()) {
            chain.add(badWords(settings.badWordsIds(), settings.eosTokenIds()));
        }
        int minLength = Math.max(settings.minLength(), promptTokens + settings.minNewTokens());
        if (minLength > promptTokens && !settings.eosTokenIds().isEmpty()) {
            chain.add(minLength(minLength, settings.eosTokenIds()));
        }
        if (settings.forcedBosTokenId() != ResolvedSettings.NO_TOKEN) {
            chain.add(forcedBos(settings.forcedBosTokenId()));
        }
        if (!settings.forcedEosTokenIds().isEmpty()) {
            chain.add(forcedEos(settings.forcedEosTokenIds(), promptTokens + limit));
        }
        if (!settings.suppressTokens().isEmpty()) {
            chain.add(suppress(settings.suppressTokens()));
        }
        if (!settings.beginSuppressTokens().isEmpty()) {
            boolean afterBos = promptTokens == 1 && settings.forcedBosTokenId() != ResolvedSettings.NO_TOKEN;
            chain.add(beginSuppress(settings.beginSuppressTokens(), afterBos ? 2 : promptTokens));
        }
        return Collections.unmodifiableList(chain);
    }

    /** Adds to single logits. */
    public static LogitsProcessor logitBias(Map<Integer, Double> bias) {
        int[] ids = ids(bias.keySet());
        double[] amounts = new double[ids.length];
        for (int i = 0; i < ids.length; i++) {
            amounts[i] = bias.get(ids[i]);
        }
        return (logits, context) -> {
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] < logits.length) {
                    logits[ids[i]] = (float) (logits[ids[i]] + amounts[i]);
                }
            }
        };
    }

    /** Divides positive and multiplies negative logits of every token in the context, once each. */
    public static LogitsProcessor repetitionPenalty(double penalty) {
        return new RepetitionPenalty(penalty);
    }

    /** Forbids tokens that would repeat a sequence of {@code size} tokens of the context. */
    public static LogitsProcessor noRepeatNgram(int size) {
        return (logits, context) -> {
            int start = context.size() - (size - 1);
            for (int i = 0; i + size <= context.size(); i++) {
                if (matches(context, i, start, size - 1)) {
                    forbid(logits, context.get(i + size - 1));
                }
            }
        };
    }

    /**
     * Forbids the last token of each sequence where the context ends with the tokens before it. A sequence that is one eos
     * token is passed over.
     */
    public static LogitsProcessor badWords(List<List<Integer>> sequences, List<Integer> eosTokenIds) {
        List<int[]> words = new ArrayList<>();
        for (List<Integer> sequence : sequences) {
            if (!sequence.isEmpty() && !(sequence.size() == 1 && eosTokenIds.contains(sequence.get(0)))) {
                words.add(ids(sequence));
            }
        }
        return (logits, context) -> {
            for (int[] word : words) {
                if (endsWith(context, word, word.length - 1)) {
                    forbid(logits, word[word.length - 1]);
                }
            }
        };
    }

    /** Forbids the eos tokens while the context is shorter than this. */
    public static LogitsProcessor minLength(int minLength, List<Integer> eosTokenIds) {
        int[] eos = ids(eosTokenIds);
        return (logits, context) -> {
            if (context.size() < minLength) {
                forbidAll(logits, eos);
            }
        };
    }

    /** Leaves only this token after a context of one. */
    public static LogitsProcessor forcedBos(int id) {
        int[] only = {id};
        return (logits, context) -> {
            if (context.size() == 1) {
                leaveOnly(logits, only);
            }
        };
    }

    /** Leaves only these tokens for the last place before the context has {@code maxLength} tokens. */
    public static LogitsProcessor forcedEos(List<Integer> eosTokenIds, int maxLength) {
        int[] only = ids(eosTokenIds);
        return (logits, context) -> {
            if (context.size() == maxLength - 1) {
                leaveOnly(logits, only);
            }
        };
    }

    /** Forbids tokens throughout. */
    public static LogitsProcessor suppress(List<Integer> tokens) {
        int[] forbidden = ids(tokens);
        return (logits, context) -> forbidAll(logits, forbidden);
    }

    /** Forbids tokens where the context has exactly {@code length} tokens. */
    public static LogitsProcessor beginSuppress(List<Integer> tokens, int length) {
        int[] forbidden = ids(tokens);
        return (logits, context) -> {
            if (context.size() == length) {
                forbidAll(logits, forbidden);
            }
        };
    }

    private static boolean matches(TokenBuffer context, int from, int with, int length) {
        for (int i = 0; i < length; i++) {
            if (context.get(from + i) != context.get(with + i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsWith(TokenBuffer context, int[] word, int length) {
        int start = context.size() - length;
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (context.get(start + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static void leaveOnly(float[] logits, int[] ids) {
        Arrays.fill(logits, FORBIDDEN);
        for (int id : ids) {
            if (id < logits.length) {
                logits[id] = 0;
            }
        }
    }

    private static void forbidAll(float[] logits, int[] ids) {
        for (int id : ids) {
            forbid(logits, id);
        }
    }

    private static void forbid(float[] logits, int id) {
        if (id < logits.length) {
            logits[id] = FORBIDDEN;
        }
    }

    private static int[] ids(Iterable<Integer> boxed) {
        TokenBuffer ids = new TokenBuffer(0);
        for (Integer id : boxed) {
            ids.add(id);
        }
        return ids.toArray();
    }

    private static final class RepetitionPenalty implements LogitsProcessor {
        private final double penalty;
        /** By token: the number of the pass that saw it last, so that nothing needs to be cleared between passes. */
        private int[] seen = {};

        private int pass;

        RepetitionPenalty(double penalty) {
            this.penalty = penalty;
        }

        @Override
        public void process(float[] logits, TokenBuffer context) {
            if (seen.length < logits.length) {
                seen = new int[logits.length];
                pass = 0;
            }
            pass++;
            for (int i = 0; i < context.size(); i++) {
                int id = context.get(i);
                if (id < logits.length && seen[id] != pass) {
                    seen[id] = pass;
                    double logit = logits[id];
                    logits[id] = (float) (logit < 0 ? logit * penalty : logit / penalty);
                }
            }
        }
    }
}
