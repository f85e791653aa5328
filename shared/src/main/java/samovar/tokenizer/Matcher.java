package samovar.tokenizer;

import java.util.List;

/**
 * A compiled {@link Pattern}: a chain of steps that backtracks. Only sets repeat, so the depth of calls is that of the pattern
 * and never grows with the text. Immutable.
 */
final class Matcher {
    private static final int NO_MATCH = -1;

    private final Step[] options;
    /** For each ASCII character the options that may begin with it, as bits. */
    private final int[] byAscii = new int[128];
    /** The same for each Unicode class beyond ASCII. */
    private final int[] byClass = new int[32];

    private final byte[][] classes = UnicodeClasses.table();

    private Matcher(List<Pattern> patterns) {
        options = new Step[patterns.size()];
        for (int i = 0; i < options.length; i++) {
            options[i] = compile(patterns.get(i), new Accept());
            FirstChars first = new FirstChars();
            options[i].first(first);
            int bit = 1 << Math.min(i, 31);
            for (int c = 0; c < 128; c++) {
                byAscii[c] |= first.ascii[c] ? bit : 0;
            }
            for (int c = 0; c < 32; c++) {
                byClass[c] |= ((first.classes >>> c) & 1) != 0 ? bit : 0;
            }
        }
    }

    static Matcher of(Pattern pattern) {
        return new Matcher(pattern instanceof Pattern.Choice choice ? choice.options() : List.of(pattern));
    }

    /** True if it can match the empty text. */
    boolean matchesEmpty() {
        for (Step option : options) {
            if (option.match(new char[0], 0, 0) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The end of the match that begins at a place, or -1. Look-ahead sees no further than the end. */
    int match(char[] text, int at, int end) {
        char c = text[at];
        int possible;
        if (c < 128) {
            possible = byAscii[c];
        } else {
            int codePoint = Utf16.codePointAt(text, at, end);
            possible = byClass[classes[codePoint >> 8][codePoint & 255]];
        }
        for (int i = 0; possible != 0 && i < options.length; i++) {
            if (((possible >>> Math.min(i, 31)) & 1) != 0) {
                int stop = options[i].match(text, at, end);
                if (stop >= 0) {
                    return stop;
                }
            }
        }
        return NO_MATCH;
    }

    private static Step compile(Pattern pattern, Step next) {
        if (pattern instanceof Pattern.Chars chars) {
            return new Repeat(chars, next);
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            Step step = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                step = compile(sequence.parts().get(i), step);
            }
            return step;
        }
        if (pattern instanceof Pattern.Choice choice) {
            Step[] steps = new Step[choice.options().size()];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = compile(choice.options().get(i), next);
            }
            return new Branch(steps);
        }
        if (pattern instanceof Pattern.LookAhead look) {
            return new Look(compile(look.body(), new Accept()), look.negative(), next);
        }
        throw new IllegalStateException("unknown pattern " + pattern.getClass());
    }

    /** What a match may begin with; may say too much, never too little. */
    private static final class FirstChars {
        final boolean[] ascii = new boolean[128];
        int classes;

        void add(CharSet set) {
            for (int c = 0; c < 128; c++) {
                ascii[c] |= set.containsAscii(c);
            }
            classes |= set.possibleClasses();
        }
    }

    private abstract static class Step {
        /** The end of a match of this step and all that follow, or -1. */
        abstract int match(char[] text, int at, int end);

        abstract void first(FirstChars first);
    }

    private static final class Accept extends Step {
        @Override
        int match(char[] text, int at, int end) {
            return at;
        }

        @Override
        void first(FirstChars first) {
            first.add(CharSet.ofClasses(UnicodeClasses.ALL));
        }
    }

    private static final class Repeat extends Step {
        private final CharSet set;
        private final int min;
        private final int max;
        private final boolean last;
        private final boolean possessive;
        private final Step next;

        Repeat(Pattern.Chars chars, Step next) {
            this.set = chars.set();
            this.min = chars.min();
            this.max = chars.max();
            this.possessive = chars.possessive();
            this.next = next;
            this.last = next instanceof Accept;
        }

        @Override
        int match(char[] text, int at, int end) {
            int to = at;
            int count = 0;
            while (count < max) {
                int step = set.step(text, to, end);
                if (step == 0) {
                    break;
                }
                to += step;
                count++;
            }
            if (count < min) {
                return NO_MATCH;
            }
            if (last) {
                return to;
            }
            while (true) {
                int stop = next.match(text, to, end);
                if (stop >= 0 || count == min || possessive) {
                    return stop;
                }
                to -= Utf16.widthBefore(text, to, at);
                count--;
            }
        }

        @Override
        void first(FirstChars first) {
            first.add(set);
            if (min == 0) {
                next.first(first);
            }
        }
    }

    private static final class Branch extends Step {
        private final Step[] steps;

        Branch(Step[] steps) {
            this.steps = steps;
        }

        @Override
        int match(char[] text, int at, int end) {
            for (Step step : steps) {
                int stop = step.match(text, at, end);
                if (stop >= 0) {
                    return stop;
                }
            }
            return NO_MATCH;
        }

        @Override
        void first(FirstChars first) {
            for (Step step : steps) {
                step.first(first);
            }
        }
    }

    private static final class Look extends Step {
        private final Step body;
        private final boolean negative;
        private final Step next;

        Look(Step body, boolean negative, Step next) {
            this.body = body;
            this.negative = negative;
            this.next = next;
        }

        @Override
        int match(char[] text, int at, int end) {
            return body.match(text, at, end) >= 0 == negative ? NO_MATCH : next.match(text, at, end);
        }

        @Override
        void first(FirstChars first) {
            next.first(first);
        }
    }
}
