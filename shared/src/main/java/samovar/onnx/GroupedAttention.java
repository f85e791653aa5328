package samovar.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes each layer's attention anew, all of them or none, in plain operators that compute the same digits with less to do for a
 * single token. Where activations are rounded to 8 bits after it, one digit more or less would change which token comes.
 *
 * <ul>
 *   <li>Queries and keys are rotated together, while they are side by side: {@code x * cos + rotated(x, 0, sin)}. ONNX Runtime's
 *       RotaryEmbedding would round once where two operators round twice; with cosines of 0 there is nothing for it to join.
 *   <li>A group of queries is one product with its keys, which stay as they are in the cache instead of being turned each time.
 *   <li>The product with the values stays one per head: for a single row ONNX Runtime sums in another order than for several, and
 *       so it does for a product without a scale, which is why a scale of 1 is left alone.
 * </ul>
 *
 * Known are layers whose queries are grouped and whose projections come from one Split. The edited graph is for one sequence.
 */
final class GroupedAttention {
    private static final String PREFIX = "samovar/grouped/";
    private static final String HEADS = PREFIX + "heads";
    private static final String ROTATED = PREFIX + "rotated";
    private static final String QUERIES = PREFIX + "queries";
    private static final String GROUPS = PREFIX + "groups";
    private static final String SCORES = PREFIX + "scores";
    private static final String RESULT = PREFIX + "result";
    private static final String FIRST = PREFIX + "first";
    private static final String SINES = PREFIX + "sines";
    private static final String NO_COSINES = PREFIX + "no_cosines";
    private static final String BIAS = PREFIX + "bias";
    private static final String GROUP_AXIS = PREFIX + "group_axis";

    private final Graph graph;
    private final Pattern pattern;

    GroupedAttention(Graph graph) {
        this.graph = graph;
        this.pattern = new Pattern(graph);
    }

    /**
     * @return how many layers were written
     * @throws OnnxException if one of them is of another make; nothing is edited then
     */
    int write() {
        Rotation rotation = new Rotation(pattern);
        List<Attention> layers = Attention.all(pattern, rotation);
        Attention first = layers.get(0);
        List<String> packed = new ArrayList<>();
        for (Attention layer : layers) {
            String whole = new PackedProjection(graph, layer).wholeOfSplit();
            boolean known = layer.grouped && !whole.isEmpty() && layer.scale != 1 && layer.bias.equals(first.bias);
            Pattern.expect(known, layer.pastKey);
            packed.add(whole);
        }
        Pattern.expect(rotation.isShared(), rotation.cosines());
        addShapes(first);
        addShared(rotation, first);
        for (int i = 0; i < packed.size(); i++) {
            Attention layer = layers.get(i);
            graph.remove(layer.presentKey);
            graph.remove(layer.presentValue);
            graph.replace(layer.result, nodes(layer, packed.get(i), rotation.cosines()));
        }
        graph.sweep();
        return layers.size();
    }

    private void addShapes(Attention layer) {
        graph.add(Initializer.ofLongs(HEADS, 0, 0, layer.heads + 2 * layer.kvHeads, layer.headDim));
        graph.add(Initializer.ofLongs(ROTATED, layer.heads + layer.kvHeads, layer.kvHeads));
        graph.add(Initializer.ofLongs(QUERIES, layer.heads, layer.kvHeads));
        graph.add(Initializer.ofLongs(GROUPS, 0, layer.kvHeads, -1, layer.headDim));
        graph.add(Initializer.ofLongs(RESULT, 0, layer.heads, -1, layer.headDim));
        graph.add(Initializer.ofLongs(GROUP_AXIS, 2));
        graph.add(Initializer.ofLongs(FIRST, 0));
        graph.add(Initializer.ofLongs(PREFIX + "half", layer.headDim / 2));
        graph.add(Initializer.ofLongs(PREFIX + "last_axis", -1));
        graph.add(Initializer.ofLongs(PREFIX + "table", -1, layer.headDim / 2));
        graph.add(Initializer.ofLongs(PREFIX + "before_tokens", 0, layer.kvHeads, layer.group));
    }

    /** What all layers read, each behind what it is made from. */
    private void addShared(Rotation rotation, Attention layer) {
        String half = PREFIX + "half_sines";
        insertAfter(
                rotation.sines(),
                node("Slice", half, rotation.sines(), FIRST, PREFIX + "half", PREFIX + "last_axis"),
                node("Reshape", SINES, half, PREFIX + "table"),
                node("Sub", NO_COSINES, SINES, SINES));
        String tokens = PREFIX + "tokens";
        insertAfter(
                rotation.cosines(),
                new Node.Maker("Shape")
                        .in(rotation.cosines())
                        .out(tokens)
                        .number("start", 2)
                        .number("end", 3)
                        .make(),
                axis("Concat", 0)
                        .in(PREFIX + "before_tokens", tokens, PREFIX + "last_axis")
                        .out(SCORES)
                        .make());
        String[] once = Collections.nCopies(layer.group, layer.bias).toArray(new String[0]);
        insertAfter(layer.bias, axis("Concat", 2).in(once).out(BIAS).make());
    }

    private void insertAfter(String value, Node... news) {
        Node maker = graph.maker(value);
        List<Node> nodes = new ArrayList<>();
        nodes.add(maker);
        Collections.addAll(nodes, news);
        graph.replace(maker, nodes);
    }

    private List<Node> nodes(Attention layer, String packed, String cosines) {
        List<Node> nodes = new ArrayList<>();
        String at = PREFIX + layer.pastKey + "/";
        rotate(nodes, at, packed, cosines);
        String keys = layer.presentKey.output();
        String values = layer.presentValue.output();
        nodes.add(axis("Concat", 2).in(layer.pastKey, at + "keys").out(keys).make());
        nodes.add(
                axis("Concat", 2).in(layer.pastValue, at + "values").out(values).make());

        nodes.add(node("Reshape", at + "groups", at + "queries", GROUPS));
        nodes.add(new Node.Maker("FusedMatMul")
                .in(at + "groups", keys)
                .out(at + "scores")
                .number("transB", 1)
                .real("alpha", layer.scale)
                .make(Node.CONTRIB));
        nodes.add(node("Add", at + "masked", at + "scores", BIAS));
        nodes.add(axis("Softmax", -1).in(at + "masked").out(at + "weights").make());

        nodes.add(node("Reshape", at + "rows", at + "weights", SCORES));
        nodes.add(node("Unsqueeze", at + "shared", values, GROUP_AXIS));
        nodes.add(node("MatMul", at + "product", at + "rows", at + "shared"));
        nodes.add(node("Reshape", at + "heads", at + "product", RESULT));
        nodes.add(swapped(at + "heads", at + "tokens"));
        nodes.add(layer.result.withFirstInput(at + "tokens"));
        return nodes;
    }

    /** Makes queries, keys and values {@code [batch, heads, tokens, headDim]} of the packed projection. */
    private static void rotate(List<Node> nodes, String at, String packed, String cosines) {
        String straight = at + "straight";
        nodes.add(node("Reshape", at + "packed", packed, HEADS));
        nodes.add(swapped(at + "packed", at + "swapped"));
        nodes.add(axis("Split", 1)
                .in(at + "swapped", ROTATED)
                .out(straight, at + "values")
                .make());
        nodes.add(node("Mul", at + "by_cosine", straight, cosines));
        nodes.add(new Node.Maker("RotaryEmbedding")
                .in(straight, FIRST, NO_COSINES, SINES)
                .out(at + "by_sine")
                .make(Node.CONTRIB));
        nodes.add(node("Add", at + "turned", at + "by_cosine", at + "by_sine"));
        nodes.add(axis("Split", 1)
                .in(at + "turned", QUERIES)
                .out(at + "queries", at + "keys")
                .make());
    }

    /** {@code [batch, a, b, headDim]} as {@code [batch, b, a, headDim]}. */
    private static Node swapped(String from, String to) {
        return new Node.Maker("Transpose")
                .in(from)
                .out(to)
                .numbers("perm", 0, 2, 1, 3)
                .make();
    }

    private static Node.Maker axis(String op, int axis) {
        return new Node.Maker(op).number("axis", axis);
    }

    private static Node node(String op, String output, String... inputs) {
        return new Node.Maker(op).in(inputs).out(output).make();
    }
}
