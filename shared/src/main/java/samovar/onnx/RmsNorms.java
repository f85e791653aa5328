package samovar.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * Makes one operator of each root mean square norm: {@code x / sqrt(mean(x * x) + epsilon) * weight} becomes ONNX Runtime's
 * SimplifiedLayerNormalization, and that with the sum of two values before it, a residual connection, SkipSimplifiedLayerNormalization.
 */
final class RmsNorms {
    private static final String NORM = "SimplifiedLayerNormalization";
    private static final String SKIP_NORM = "SkipSimplifiedLayerNormalization";
    private static final String ADD = "Add";

    private final Graph graph;
    private final Pattern pattern;

    RmsNorms(Graph graph) {
        this.graph = graph;
        this.pattern = new Pattern(graph);
    }

    /** @return how many norms were made */
    int fuse() {
        int made = 0;
        for (Node node : graph.nodes()) {
            if (node.is("Mul")) {
                try {
                    graph.replace(node, List.of(norm(node)));
                    made++;
                } catch (OnnxException otherwise) {
                    // A product like any other.
                }
            }
        }
        graph.sweep();
        return made;
    }

    /** The norm that ends in this product with its weight. */
    private Node norm(Node scaled) {
        String weight = scaled.input(graph.constant(scaled.input(1)) != null ? 1 : 0);
        Initializer constant = graph.constant(weight);
        Pattern.expect(constant != null && constant.isFloat() && constant.dims().length == 1, weight);
        String normed = Pattern.other(scaled, weight);
        Node quotient = graph.maker(normed);
        Pattern.expect(quotient != null, normed);
        String x = quotient.input(0);
        String root;
        if (quotient.is("Div")) {
            root = quotient.input(1);
        } else {
            Node factor = pattern.maker(normed, "Mul");
            boolean second = isInverse(factor.input(1));
            x = factor.input(second ? 0 : 1);
            root = inverted(factor.input(second ? 1 : 0));
        }
        float epsilon = epsilon(x, root);
        return new Node.Maker(NORM)
                .in(x, weight)
                .out(scaled.output())
                .number("axis", -1)
                .real("epsilon", epsilon)
                .number("stash_type", 1)
                .make();
    }

    private boolean isInverse(String value) {
        Node node = graph.maker(value);
        return node != null && (node.is("Reciprocal") || (node.is("Div") && pattern.real(node.input(0)) == 1));
    }

    private String inverted(String value) {
        Pattern.expect(isInverse(value), value);
        Node node = graph.maker(value);
        return node.input(node.is("Reciprocal") ? 0 : 1);
    }

    /** Of {@code sqrt(mean(x * x, last axis) + epsilon)}. */
    private float epsilon(String x, String root) {
        Node sum = pattern.maker(pattern.maker(root, "Sqrt").input(0), ADD);
        int constant = graph.constant(sum.input(1)) != null ? 1 : 0;
        float epsilon = pattern.real(sum.input(constant));
        Pattern.expect(epsilon > 0, sum.output());
        Node mean = pattern.maker(sum.input(1 - constant), "ReduceMean");
        Pattern.expect(mean.number("keepdims", 1) == 1, mean.output());
        if (mean.inputs().size() > 1) {
            pattern.expectNumbers(mean.input(1), -1);
        } else {
            Pattern.expect(Arrays.equals(mean.numbers("axes"), new int[] {-1}), mean.output());
        }
        Node square = graph.maker(mean.input(0));
        boolean product = square != null && square.is("Mul") && square.input(1).equals(x);
        boolean power = square != null && square.is("Pow") && pattern.real(square.input(1)) == 2;
        Pattern.expect((product || power) && square.input(0).equals(x), mean.output());
        return epsilon;
    }

    /** Joins residual sums with the norms after them. @return how many */
    int joinSums() {
        int joined = 0;
        for (Node norm : graph.nodes()) {
            if (norm.is(NORM) && norm.number("axis", -1) == -1 && norm.outputs().size() == 1) {
                Node sum = graph.maker(norm.input(0));
                if (sum != null && sum.is(ADD) && isResidual(sum, norm.input(1))) {
                    graph.remove(norm);
                    graph.replace(sum, List.of(skipNorm(sum, norm)));
                    joined++;
                }
            }
        }
        return joined;
    }

    /** The sum must not broadcast: one side was normed with a weight of the same length, the other is a product of that many columns. */
    private boolean isResidual(Node sum, String weight) {
        Initializer constant = graph.constant(weight);
        if (constant == null || sum.inputs().size() != 2 || graph.isOutput(sum.output())) {
            return false;
        }
        int width = constant.elements();
        return (isNormed(sum.input(0), width) && isProduct(sum.input(1), width))
                || (isNormed(sum.input(1), width) && isProduct(sum.input(0), width));
    }

    private boolean isNormed(String value, int width) {
        for (Node node : graph.nodes()) {
            boolean skipped = node.isContrib(SKIP_NORM)
                    && node.outputs().get(node.outputs().size() - 1).equals(value);
            if (skipped || (node.is(NORM) && node.input(0).equals(value))) {
                Initializer weight = graph.constant(node.input(skipped ? 2 : 1));
                return weight != null && weight.elements() == width;
            }
        }
        return false;
    }

    private boolean isProduct(String value, int width) {
        Node node = graph.maker(value);
        if (node == null) {
            return false;
        }
        if (node.isContrib("MatMulNBits")) {
            return node.number("N", 0) == width;
        }
        Initializer weights = node.is("MatMul") ? graph.constant(node.input(1)) : null;
        return weights != null && weights.dims().length == 2 && weights.dims()[1] == width;
    }

    private static Node skipNorm(Node sum, Node norm) {
        return new Node.Maker(SKIP_NORM)
                .in(sum.input(0), sum.input(1), norm.input(1))
                .out(norm.output(), "", "", sum.output())
                .real("epsilon", norm.real("epsilon"))
                .make(Node.CONTRIB);
    }
}
