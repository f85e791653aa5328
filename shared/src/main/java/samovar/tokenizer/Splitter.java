package samovar.tokenizer;

import java.util.Arrays;
import samovar.json.Json;

/** One way of cutting a text where a pattern matches. Immutable. */
final class Splitter {
    /** What becomes of the matches; named as in {@code tokenizer.json}. */
    enum Behavior {
        REMOVED("Removed"),
        ISOLATED("Isolated"),
        MERGED_WITH_PREVIOUS("MergedWithPrevious"),
        MERGED_WITH_NEXT("MergedWithNext"),
        CONTIGUOUS("Contiguous");

        private final String text;

        Behavior(String text) {
            this.text = text;
        }

        static Behavior of(Json json) {
            for (Behavior behavior : values()) {
                if (behavior.text.equals(json.asString())) {
                    return behavior;
                }
            }
            throw new TokenizerException(
                    "behavior \"" + json.asString() + "\"",
                    json.path(),
                    "not known; supported are Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous");
        }
    }

    private final Matcher matcher;
    private final Behavior behavior;
    private final boolean inverted;

    private Splitter(Matcher matcher, Behavior behavior, boolean inverted) {
        this.matcher = matcher;
        this.behavior = behavior;
        this.inverted = inverted;
    }

    /**
     * Makes a splitter.
     *
     * @param inverted whether the matches count as what lies between, and the rest as matches
     * @param where for errors: the JSON value that asks for it
     */
    static Splitter of(Pattern pattern, Behavior behavior, boolean inverted, Json where) {
        Matcher matcher = Matcher.of(pattern);
        if (matcher.matchesEmpty()) {
            throw new TokenizerException(
                    "a pattern that matches the empty text",
                    where.path(),
                    "only patterns that match at least one character");
        }
        return new Splitter(matcher, behavior, inverted);
    }

    /** Appends the pieces of a text as pairs of start and end, exclusive; none is empty. */
    void split(char[] text, int from, int to, IntList pieces) {
        if (behavior == Behavior.ISOLATED) {
            isolate(text, from, to, pieces);
            return;
        }
        IntList cuts = new IntList(64);
        boolean[] matched = cuts(text, from, to, cuts);
        switch (behavior) {
            case REMOVED -> remove(cuts, matched, pieces);
            case CONTIGUOUS -> merge(cuts, matched, false, pieces);
            case MERGED_WITH_PREVIOUS -> merge(cuts, matched, true, pieces);
            case MERGED_WITH_NEXT -> mergeWithNext(cuts, matched, pieces);
            case ISOLATED -> throw new IllegalStateException("isolated above");
        }
    }

    private void isolate(char[] text, int from, int to, IntList pieces) {
        int gap = from;
        int at = from;
        while (at < to) {
            int end = matcher.match(text, at, to);
            if (end <= at) {
                at += Utf16.widthAt(text, at, to);
                continue;
            }
            if (gap < at) {
                pieces.add(gap);
                pieces.add(at);
            }
            pieces.add(at);
            pieces.add(end);
            at = end;
            gap = end;
        }
        if (gap < to) {
            pieces.add(gap);
            pieces.add(to);
        }
    }

    /** Pairs that cover the text, and for each whether it counts as a match. */
    private boolean[] cuts(char[] text, int from, int to, IntList cuts) {
        boolean[] matched = new boolean[16];
        int count = 0;
        int gap = from;
        int at = from;
        while (gap < to) {
            int end = at < to ? matcher.match(text, at, to) : to;
            if (at < to && end <= at) {
                at += Utf16.widthAt(text, at, to);
                continue;
            }
            if (count + 2 > matched.length) {
                matched = Arrays.copyOf(matched, count * 2);
            }
            if (gap < at) {
                cuts.add(gap);
                cuts.add(at);
                matched[count++] = inverted;
            }
            if (at < to) {
                cuts.add(at);
                cuts.add(end);
                matched[count++] = !inverted;
            }
            at = end;
            gap = end;
        }
        return matched;
    }

    private static void remove(IntList cuts, boolean[] matched, IntList pieces) {
        for (int i = 0; i < cuts.size() / 2; i++) {
            if (!matched[i]) {
                pieces.add(cuts.get(2 * i));
                pieces.add(cuts.get(2 * i + 1));
            }
        }
    }

    /** Joins neighbours of one kind, or each match to what stands before it (but not to another match). */
    private static void merge(IntList cuts, boolean[] matched, boolean withPrevious, IntList pieces) {
        boolean previous = false;
        for (int i = 0; i < cuts.size() / 2; i++) {
            boolean joins = withPrevious ? matched[i] && !previous : matched[i] == previous;
            if (joins && i > 0) {
                pieces.set(pieces.size() - 1, cuts.get(2 * i + 1));
            } else {
                pieces.add(cuts.get(2 * i));
                pieces.add(cuts.get(2 * i + 1));
            }
            previous = matched[i];
        }
    }

    private static void mergeWithNext(IntList cuts, boolean[] matched, IntList pieces) {
        int count = cuts.size() / 2;
        for (int i = 0; i < count; i++) {
            boolean joins = i > 0 && matched[i - 1] && !matched[i];
            if (joins) {
                pieces.set(pieces.size() - 1, cuts.get(2 * i + 1));
            } else {
                pieces.add(cuts.get(2 * i));
                pieces.add(cuts.get(2 * i + 1));
            }
        }
    }
}
