package samovar.onnx;

import java.util.List;

/**
 * The mask {@code [batch, 1, tokens, total]} that is added to scores: 0 where a key is not later than its query and {@code
 * attention_mask} has it, else a number so low that nothing remains of it.
 */
final class CausalMask {
    /** The exponential of it is 0 in single precision, whatever is added. */
    private static final float LOW = -10000;

    private static final int BOOL = 9;

    private final Pattern pattern;
    private String mask = "";

    CausalMask(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @return the input {@code [batch, total]} that it is made from */
    String source(String value) {
        Node chosen = pattern.maker(value, "Where");
        Pattern.expect(pattern.real(chosen.input(1)) == 0, chosen.input(1));
        Pattern.expect(pattern.real(chosen.input(2)) <= LOW, chosen.input(2));
        Node both = pattern.maker(chosen.input(0), "And");
        Node cast = pattern.maker(both.input(1), "Cast");
        Pattern.expect(cast.number("to", 0) == BOOL, cast.output());
        Node unsqueezed = pattern.maker(cast.input(0), "Unsqueeze");
        pattern.expectNumbers(unsqueezed.input(1), 1, 2);
        mask = unsqueezed.input(0);
        Pattern.expect(pattern.graph().isInput(mask), mask);
        Node notLater = pattern.maker(both.input(0), "LessOrEqual");
        expectKeys(notLater.input(0));
        expectQueries(notLater.input(1));
        return mask;
    }

    /** 0 to total, {@code [1, total]}. */
    private void expectKeys(String value) {
        Node range = range(value, 0);
        pattern.expectNumbers(range.input(0), 0);
        expectLength(range.input(1), mask);
    }

    /** total - tokens to total, {@code [tokens, 1]}. */
    private void expectQueries(String value) {
        Node range = range(value, 1);
        expectLength(range.input(1), mask);
        Node first = pattern.maker(range.input(0), "Sub");
        expectLength(first.input(0), mask);
        expectLength(first.input(1), "input_ids");
    }

    private Node range(String value, int axis) {
        Node unsqueezed = pattern.maker(value, "Unsqueeze");
        pattern.expectNumbers(unsqueezed.input(1), axis);
        Node range = pattern.maker(unsqueezed.input(0), "Range");
        pattern.expectNumbers(range.input(2), 1);
        return range;
    }

    /** The second size of an input {@code [batch, length]}. */
    private void expectLength(String value, String input) {
        Node gather = pattern.maker(value, "Gather");
        pattern.expectNumbers(gather.input(1), 1);
        Pattern.expect(gather.number("axis", 0) == 0, value);
        Node shape = pattern.maker(gather.input(0), "Shape");
        boolean whole = shape.number("start", 0) == 0 && shape.number("end", Integer.MAX_VALUE) == Integer.MAX_VALUE;
        Pattern.expect(whole && shape.inputs().equals(List.of(input)), shape.output());
    }
}
