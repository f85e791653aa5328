package samovar.tokenizer;

import java.util.List;

/** What a regular expression says, before it is compiled: made by {@link PatternParser}, compiled by {@link Matcher}. */
sealed interface Pattern {
    /** A code point of a set, a number of times; as many as can be, giving some back unless possessive. */
    record Chars(CharSet set, int min, int max, boolean possessive) implements Pattern {
        static final int UNLIMITED = Integer.MAX_VALUE;

        static Chars one(CharSet set) {
            return new Chars(set, 1, 1, false);
        }
    }

    /** One after the other; the empty list matches the empty text. */
    record Sequence(List<Pattern> parts) implements Pattern {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** The first that leads to a match. */
    record Choice(List<Pattern> options) implements Pattern {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** Matches the empty text where the body would match, or would not. */
    record LookAhead(Pattern body, boolean negative) implements Pattern {}
}
