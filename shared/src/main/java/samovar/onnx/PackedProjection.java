package samovar.onnx;

import java.util.Arrays;
import java.util.List;

/** Makes one projection of queries, keys and values, side by side, where the graph has one already or their weights can be joined. */
final class PackedProjection {
    private static final int COLUMNS = 1;

    private final Graph graph;
    private final Attention layer;

    PackedProjection(Graph graph, Attention layer) {
        this.graph = graph;
        this.layer = layer;
    }

    /** @return the value {@code [batch, tokens, (heads + 2 kvHeads) * headDim]}, made by these nodes; empty where it can't be */
    String into(List<Node> nodes, String name) {
        String split = wholeOfSplit();
        if (!split.isEmpty()) {
            return split;
        }
        Node query = graph.maker(layer.query);
        Node key = graph.maker(layer.key);
        Node value = graph.maker(layer.value);
        boolean biased = isBiased(query) && isBiased(key) && isBiased(value);
        Node[] products = {product(query, biased), product(key, biased), product(value, biased)};
        for (Node product : products) {
            if (product == null || !product.input(0).equals(products[0].input(0))) {
                return "";
            }
        }
        String weights = name + "/weights";
        String sum = name + "/product";
        nodes.add(join(weights, COLUMNS, products[0].input(1), products[1].input(1), products[2].input(1)));
        nodes.add(new Node.Maker("MatMul")
                .in(products[0].input(0), weights)
                .out(sum)
                .make());
        if (!biased) {
            return sum;
        }
        String bias = name + "/bias";
        String packed = name + "/packed";
        nodes.add(join(bias, 0, bias(query), bias(key), bias(value)));
        nodes.add(new Node.Maker("Add").in(sum, bias).out(packed).make());
        return packed;
    }

    /** The value that is split into the three, in this order and these widths; empty where there is none. */
    String wholeOfSplit() {
        Node split = graph.maker(layer.query);
        if (split == null
                || !split.is("Split")
                || !split.outputs().equals(List.of(layer.query, layer.key, layer.value))
                || split.number("axis", 0) != -1) {
            return "";
        }
        Initializer widths = graph.constant(split.input(1));
        int keyWidth = layer.kvHeads * layer.headDim;
        int[] wanted = {layer.heads * layer.headDim, keyWidth, keyWidth};
        return widths != null && Arrays.equals(widths.numbers(), wanted) ? split.input(0) : "";
    }

    private boolean isBiased(Node node) {
        return node != null && node.is("Add") && !bias(node).isEmpty();
    }

    /** The constant vector among the two sides of a sum. */
    private String bias(Node sum) {
        for (String input : sum.inputs()) {
            Initializer constant = graph.constant(input);
            if (constant != null && constant.isFloat() && constant.dims().length == 1) {
                return input;
            }
        }
        return "";
    }

    /** The float product with constant weights {@code [in, out]} that this is, or that it adds its bias to. */
    private Node product(Node node, boolean biased) {
        Node product = biased ? graph.maker(Pattern.other(node, bias(node))) : node;
        Initializer weights = product != null && product.is("MatMul") ? graph.constant(product.input(1)) : null;
        boolean plain = weights != null && weights.isFloat() && weights.dims().length == 2;
        return plain && graph.maker(product.input(1)) == null ? product : null;
    }

    private static Node join(String name, int axis, String... parts) {
        return new Node.Maker("Concat").in(parts).out(name).number("axis", axis).make();
    }
}
