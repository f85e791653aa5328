package samovar.onnx;

/**
 * Rotary position embedding as written in the models' own code: {@code x * cos + rotateHalf(x) * sin}, {@code rotateHalf} being the
 * second half negated, then the first, and the angles {@code position_ids * frequencies}, once for each half.
 */
final class Rotation {
    private static final int FLOAT = 1;

    private final Pattern pattern;
    private String positions = "";
    private String frequencies = "";
    private String cosines = "";
    private String sines = "";
    private boolean isShared = true;

    Rotation(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The value {@code [batch, heads, tokens, headDim]} that is rotated into this one. */
    String rotated(String value, int headDim) {
        Node sum = pattern.maker(value, "Add");
        Node straight = pattern.maker(sum.input(0), "Mul");
        Node turned = pattern.maker(sum.input(1), "Mul");
        String x = straight.input(0);
        Node halves = pattern.maker(turned.input(0), "Concat");
        Pattern.expect(isLast(halves.number("axis", 0)) && halves.inputs().size() == 2, halves.output());
        Node negated = pattern.maker(halves.input(0), "Neg");
        expectSlice(negated.input(0), x, headDim / 2, headDim);
        expectSlice(halves.input(1), x, 0, headDim / 2);
        angle(straight.input(1), "Cos", headDim);
        angle(turned.input(1), "Sin", headDim);
        noteTables(straight.input(1), turned.input(1));
        return x;
    }

    /** The last axis of {@code [batch, heads, tokens, headDim]}. */
    private static boolean isLast(int axis) {
        return axis == -1 || axis == 3;
    }

    private void expectSlice(String value, String of, int from, int to) {
        Node slice = pattern.maker(value, "Slice");
        Pattern.expect(slice.input(0).equals(of) && slice.inputs().size() == 4, value);
        pattern.expectNumbers(slice.input(1), from);
        int[] end = pattern.numbers(slice.input(2));
        Pattern.expect(end.length == 1 && (end[0] == to || (from > 0 && end[0] > to)), slice.input(2));
        int[] axis = pattern.numbers(slice.input(3));
        Pattern.expect(axis.length == 1 && isLast(axis[0]), value);
    }

    private void angle(String value, String function, int headDim) {
        Node heads = pattern.maker(value, "Unsqueeze");
        pattern.expectNumbers(heads.input(1), 1);
        Node twice = pattern.maker(pattern.maker(heads.input(0), function).input(0), "Concat");
        int axis = twice.number("axis", 0);
        boolean same = twice.inputs().size() == 2 && twice.input(0).equals(twice.input(1));
        Pattern.expect(same && (axis == -1 || axis == 2), twice.output());
        Node angles = pattern.maker(twice.input(0), "Mul");
        Node cast = pattern.maker(angles.input(0), "Cast");
        Pattern.expect(cast.number("to", 0) == FLOAT, cast.output());
        Node unsqueezed = pattern.maker(cast.input(0), "Unsqueeze");
        pattern.expectNumbers(unsqueezed.input(1), 2);
        note(unsqueezed.input(0), angles.input(1), headDim);
    }

    private void note(String ids, String inverse, int headDim) {
        Initializer constant = pattern.graph().constant(inverse);
        boolean fitting = constant != null
                && constant.isFloat()
                && constant.elements() == headDim / 2
                && pattern.graph().maker(inverse) == null
                && constant.dims().length == 1;
        Pattern.expect(fitting, inverse);
        Pattern.expect(pattern.graph().isInput(ids), ids);
        Pattern.expect(positions.isEmpty() || positions.equals(ids), ids);
        Pattern.expect(frequencies.isEmpty() || frequencies.equals(inverse), inverse);
        positions = ids;
        frequencies = inverse;
    }

    private void noteTables(String cosine, String sine) {
        isShared &= cosines.isEmpty() || (cosines.equals(cosine) && sines.equals(sine));
        cosines = cosine;
        sines = sine;
    }

    /** Whether all layers read the same {@link #cosines} and {@link #sines}. */
    boolean isShared() {
        return isShared;
    }

    /** The value {@code [batch, 1, tokens, headDim]} of cosines. */
    String cosines() {
        return cosines;
    }

    /** The value {@code [batch, 1, tokens, headDim]} of sines. */
    String sines() {
        return sines;
    }

    /** The input {@code [batch, tokens]} with the positions. */
    String positions() {
        return positions;
    }

    /** The constant of {@code headDim / 2} angles per position. */
    String frequencies() {
        return frequencies;
    }
}
