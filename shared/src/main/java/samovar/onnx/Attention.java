package samovar.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds one layer's attention as plain operators: heads of three projections, rotated queries and keys, keys and values after
 * those of the cache, scaled scores, the causal mask, softmax, and the heads side by side again. Immutable.
 *
 * <p>Where queries have more heads than keys, keys and values are either repeated ({@code Unsqueeze, Tile, Reshape}) or the
 * queries grouped ({@code Reshape} to five axes).
 */
final class Attention {
    private static final String PAST = "past_key_values.";
    private static final String KEY = ".key";
    private static final int FLOAT = 1;
    /** onnx.proto: a type's tensor, its element type. */
    private static final int VALUE_TYPE = 2;

    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_ELEMENT = 1;
    /** ONNX Runtime rotates whole vectors of this many numbers. */
    private static final int HEAD_DIM_STEP = 16;

    /** Projections {@code [batch, tokens, heads * headDim]}, as they are before they are seen as heads. */
    final String query;

    final String key;
    final String value;
    final String pastKey;
    final String pastValue;
    final Node presentKey;
    final Node presentValue;
    /** What makes {@code [batch, tokens, heads * headDim]} of the layer's result. */
    final Node result;

    final int heads;
    final int kvHeads;
    final int headDim;
    final float scale;
    /** The input that the mask is made from. */
    final String mask;
    /** What is added to the scores, {@code [batch, 1, tokens, total]}. */
    final String bias;
    /** How many heads of queries share one of keys. */
    final int group;
    /** Whether queries are grouped, and not keys and values repeated. */
    final boolean grouped;

    private final Pattern pattern;

    /**
     * All layers, which are of one shape and under one mask.
     *
     * @throws OnnxException if one of them is of another make, or there are none
     */
    static List<Attention> all(Pattern pattern, Rotation rotation) {
        List<Attention> layers = new ArrayList<>();
        for (String input : pattern.graph().inputs()) {
            if (input.startsWith(PAST) && input.endsWith(KEY)) {
                String layer = input.substring(0, input.length() - KEY.length());
                Attention found = new Attention(pattern, rotation, input, layer + ".value");
                Pattern.expect(layers.isEmpty() || found.isLike(layers.get(0)), input);
                layers.add(found);
            }
        }
        Pattern.expect(!layers.isEmpty(), PAST);
        return layers;
    }

    private boolean isLike(Attention other) {
        return mask.equals(other.mask)
                && heads == other.heads
                && kvHeads == other.kvHeads
                && headDim == other.headDim
                && grouped == other.grouped;
    }

    /** @throws OnnxException if the layer is of another make */
    private Attention(Pattern pattern, Rotation rotation, String pastKey, String pastValue) {
        this.pattern = pattern;
        Pattern.expect(isSingle(pattern.graph().inputValue(pastKey)), pastKey);
        this.pastKey = pastKey;
        this.pastValue = pastValue;
        presentKey = present(pastKey);
        presentValue = present(pastValue);
        Pattern.Heads valueHeads = pattern.heads(presentValue.input(1));
        kvHeads = valueHeads.count;
        headDim = valueHeads.dim;
        Pattern.expect(headDim % HEAD_DIM_STEP == 0, pastKey);
        Pattern.Heads keyHeads = pattern.heads(rotation.rotated(presentKey.input(1), headDim));
        expectHeads(keyHeads, kvHeads, pastKey);
        key = keyHeads.projection;
        value = valueHeads.projection;

        String keys = presentKey.output();
        Node firstReader = pattern.graph().reader(keys);
        grouped = firstReader != null && firstReader.is("Transpose");
        String wideKeys = grouped
                ? unsqueezed(turned(firstReader).output(), false).output()
                : turned(pattern.reader(repeated(keys), "Transpose")).output();
        Node scores = pattern.reader(wideKeys, "MatMul");
        Pattern.expect(scores.input(1).equals(wideKeys), wideKeys);
        Node regrouped = grouped ? pattern.maker(scores.input(0), "Reshape") : null;
        String rotatedQuery = grouped ? regrouped.input(0) : scores.input(0);
        Pattern.Heads queryHeads = pattern.heads(rotation.rotated(rotatedQuery, headDim));
        heads = queryHeads.count;
        expectHeads(queryHeads, heads, rotatedQuery);
        Pattern.expect(heads % kvHeads == 0, rotatedQuery);
        group = heads / kvHeads;
        query = queryHeads.projection;
        if (grouped) {
            pattern.expectNumbers(regrouped.input(1), 0, kvHeads, group, -1, headDim);
        } else {
            expectRepeats(keys);
        }

        Node scaled = pattern.reader(scores.output(), "Mul");
        scale = pattern.real(Pattern.other(scaled, scores.output()));
        Pattern.expect(scale > 0, scaled.output());
        Node masked = pattern.reader(scaled.output(), "Add");
        bias = biasOf(Pattern.other(masked, scaled.output()));
        mask = new CausalMask(pattern).source(bias);
        Node weights = pattern.reader(masked.output(), "Softmax");
        int axis = weights.number("axis", -1);
        Pattern.expect(axis == -1 || axis == (grouped ? 4 : 3), weights.output());
        result = result(weights.output());
    }

    private static boolean isSingle(ProtoMessage input) {
        ProtoMessage type = input.message(VALUE_TYPE);
        ProtoMessage tensor = type == null ? null : type.message(TYPE_TENSOR);
        return tensor != null && tensor.number(TENSOR_ELEMENT, 0) == FLOAT;
    }

    private Node present(String past) {
        Node concat = pattern.readerOfOutput(past, "Concat");
        int axis = concat.number("axis", 0);
        boolean joined = concat.inputs().size() == 2 && concat.input(0).equals(past) && (axis == 2 || axis == -2);
        Pattern.expect(joined, past);
        Pattern.expect(pattern.graph().isOutput(concat.output()), concat.output());
        return concat;
    }

    private void expectHeads(Pattern.Heads found, int count, String where) {
        Pattern.expect(found.count == count && found.dim == headDim, where);
    }

    private static Node turned(Node transpose) {
        Pattern.expectPermutation(transpose, 0, 1, 3, 2);
        return transpose;
    }

    private Node unsqueezed(String value, boolean ofOutput) {
        Node unsqueeze = ofOutput ? pattern.readerOfOutput(value, "Unsqueeze") : pattern.reader(value, "Unsqueeze");
        pattern.expectNumbers(unsqueeze.input(1), 2);
        return unsqueeze;
    }

    /** {@code [batch, heads, total, headDim]} of keys or values, whose repeats {@link #expectRepeats} looks at. */
    private String repeated(String present) {
        Node tile = pattern.reader(unsqueezed(present, true).output(), "Tile");
        return pattern.reader(tile.output(), "Reshape").output();
    }

    private void expectRepeats(String present) {
        Node tile = pattern.reader(unsqueezed(present, true).output(), "Tile");
        pattern.expectNumbers(tile.input(1), 1, 1, group, 1, 1);
        Node reshape = pattern.reader(tile.output(), "Reshape");
        pattern.expectNumbers(reshape.input(1), 0, heads, -1, headDim);
    }

    private String biasOf(String value) {
        if (!grouped) {
            return value;
        }
        Node unsqueeze = pattern.maker(value, "Unsqueeze");
        pattern.expectNumbers(unsqueeze.input(1), 2);
        return unsqueeze.input(0);
    }

    private Node result(String weights) {
        Node product = pattern.reader(weights, "MatMul");
        String values = presentValue.output();
        String wide = grouped ? unsqueezed(values, true).output() : repeated(values);
        if (!grouped) {
            expectRepeats(values);
        }
        boolean whole = product.input(0).equals(weights) && product.input(1).equals(wide);
        Pattern.expect(whole && pattern.graph().readers(wide) == 1, product.output());
        String perHead = product.output();
        if (grouped) {
            Node flat = pattern.reader(perHead, "Reshape");
            pattern.expectNumbers(flat.input(1), 0, heads, -1, headDim);
            perHead = flat.output();
        }
        Node transpose = pattern.reader(perHead, "Transpose");
        Pattern.expectPermutation(transpose, 0, 2, 1, 3);
        Node joined = pattern.reader(transpose.output(), "Reshape");
        pattern.expectNumbers(joined.input(1), 0, 0, heads * headDim);
        return joined;
    }
}
