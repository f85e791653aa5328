package samovar.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts ONNX Runtime's GroupQueryAttention in the place of each layer's attention, all of them or none. Angles become a table of all
 * positions, and the three projections one where their weights allow it: ONNX Runtime makes both when it opens the session.
 *
 * <p>The edited graph is for one sequence without padding: of {@code attention_mask} it reads the length alone.
 */
final class GroupQueryAttention {
    private static final String PREFIX = "samovar/attention/";
    /** The name of a size that says to {@code web/src/ort-heap.js}: what is given may have room for what comes, which is then written there. */
    private static final String ROOM = "samovar/room";

    private static final int TOKEN_AXIS = 2;
    private static final int INT32 = 6;
    private static final int MOST_TABLE_NUMBERS = 8 << 20;

    private final Graph graph;
    private final Pattern pattern;
    private final int positions;

    /** @param positions most tokens that the model is run with */
    GroupQueryAttention(Graph graph, int positions) {
        this.graph = graph;
        this.pattern = new Pattern(graph);
        this.positions = positions;
    }

    /**
     * @return how many layers were made
     * @throws OnnxException if one of them is of another make; nothing is edited then
     */
    int fuse() {
        Rotation rotation = new Rotation(pattern);
        List<Attention> layers = Attention.all(pattern, rotation);
        check(layers.get(0));
        graph.prepend(prelude(layers.get(0).mask, rotation.frequencies()));
        for (Attention layer : layers) {
            String name = PREFIX + layer.pastKey;
            graph.remove(layer.presentKey);
            graph.remove(layer.presentValue);
            graph.replace(layer.result, fused(layer, name, rotation.positions()));
            declareRoom(layer.presentKey.output());
            declareRoom(layer.presentValue.output());
        }
        graph.sweep();
        return layers.size();
    }

    private void declareRoom(String present) {
        ProtoWriter name = new ProtoWriter().text(LastPosition.DIMENSION_NAME, ROOM);
        graph.declareOutput(present, LastPosition.withDimension(graph.outputValue(present), 0, TOKEN_AXIS, name));
    }

    private void check(Attention layer) {
        Pattern.expect(positions > 0, layer.pastKey, "the model doesn't say how many positions it has");
        boolean bounded = positions <= MOST_TABLE_NUMBERS / layer.headDim * 2;
        Pattern.expect(bounded, layer.pastKey, positions + " positions make too large a table");
    }

    /** What all layers share: the number of tokens in all, the last of them, and the tables of cosines and sines by position. */
    private List<Node> prelude(String mask, String frequencies) {
        graph.add(Initializer.ofInt(PREFIX + "one", 1));
        graph.add(Initializer.ofReal(PREFIX + "first", 0));
        graph.add(Initializer.ofReal(PREFIX + "end", positions));
        graph.add(Initializer.ofReal(PREFIX + "step", 1));
        graph.add(Initializer.ofLongs(PREFIX + "last_axis", -1));
        return List.of(
                new Node.Maker("Shape")
                        .in(mask)
                        .out(PREFIX + "length")
                        .number("start", 1)
                        .number("end", 2)
                        .make(),
                new Node.Maker("Cast")
                        .in(PREFIX + "length")
                        .out(PREFIX + "total")
                        .number("to", INT32)
                        .make(),
                node("Sub", PREFIX + "last", PREFIX + "total", PREFIX + "one"),
                node("Range", PREFIX + "positions", PREFIX + "first", PREFIX + "end", PREFIX + "step"),
                node("Unsqueeze", PREFIX + "column", PREFIX + "positions", PREFIX + "last_axis"),
                node("Mul", PREFIX + "angles", PREFIX + "column", frequencies),
                node("Cos", PREFIX + "cos", PREFIX + "angles"),
                node("Sin", PREFIX + "sin", PREFIX + "angles"));
    }

    private static Node node(String op, String output, String... inputs) {
        return new Node.Maker(op).in(inputs).out(output).make();
    }

    private List<Node> fused(Attention layer, String name, String ids) {
        List<Node> nodes = new ArrayList<>();
        String packed = new PackedProjection(graph, layer).into(nodes, name);
        boolean isPacked = !packed.isEmpty();
        nodes.add(new Node.Maker("GroupQueryAttention")
                .in(isPacked ? packed : layer.query, isPacked ? "" : layer.key, isPacked ? "" : layer.value)
                .in(layer.pastKey, layer.pastValue, PREFIX + "last", PREFIX + "total")
                .in(PREFIX + "cos", PREFIX + "sin", ids)
                .out(layer.result.output(), layer.presentKey.output(), layer.presentValue.output())
                .number("num_heads", layer.heads)
                .number("kv_num_heads", layer.kvHeads)
                .number("do_rotary", 1)
                .real("scale", layer.scale)
                .make(Node.CONTRIB));
        return nodes;
    }
}
