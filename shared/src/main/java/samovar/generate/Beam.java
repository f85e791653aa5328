package samovar.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One sequence of a beam search, as a link to the sequence it grew from. Immutable. */
final class Beam {
    private final Beam before;
    /** The prompt where {@link #before} is null, else one token. */
    private final int[] added;

    private final int length;
    /** Summed log-probabilities; of an ended sequence, divided by its length to the power of the length penalty. */
    final double score;

    private Beam(Beam before, int[] added, int length, double score) {
        this.before = before;
        this.added = added;
        this.length = length;
        this.score = score;
    }

    static Beam of(int[] prompt) {
        return new Beam(null, prompt.clone(), prompt.length, 0);
    }

    Beam with(int token, double newScore) {
        return new Beam(this, new int[] {token}, length + 1, newScore);
    }

    Beam scored(double newScore) {
        return new Beam(before, added, length, newScore);
    }

    int length() {
        return length;
    }

    int lastToken() {
        return added[added.length - 1];
    }

    /** All tokens from this position on. */
    List<Integer> tokens(int from) {
        List<Integer> reversed = new ArrayList<>();
        Beam at = this;
        while (at.before != null && at.length > from) {
            reversed.add(at.lastToken());
            at = at.before;
        }
        Collections.reverse(reversed);
        return reversed;
    }

    /** The whole sequence, the prompt included. */
    TokenBuffer context(int promptTokens) {
        Beam root = this;
        while (root.before != null) {
            root = root.before;
        }
        TokenBuffer context = TokenBuffer.of(root.added);
        for (int token : tokens(promptTokens)) {
            context.add(token);
        }
        return context;
    }
}
