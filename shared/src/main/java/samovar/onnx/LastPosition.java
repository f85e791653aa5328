package samovar.onnx;

import java.util.List;
import java.util.Set;
import samovar.onnx.ProtoMessage.Field;

/**
 * Edits a graph so that an output {@code [batch, tokens, width]} is computed for the last token alone: a Gather before
 * the matrix product that makes it. For a prompt of 144 tokens that product, the vocabulary's, is a sixth of SmolLM2's work
 * and 28 MB of logits nobody reads.
 *
 * <p>Only a product of the hidden state with constant weights is edited, and casts of it: those treat each row by itself, so
 * that the last row stays what it was. Dynamically quantized products measure all rows for one scale, and are left alone.
 *
 * <p>Numbers of fields are those of onnx.proto.
 */
final class LastPosition {
    /** Of a value's message: its type, the type's tensor, the tensor's shape; the shape's dimensions are field 1. */
    private static final int[] TO_SHAPE = {2, 1, 2};

    private static final int SHAPE_DIMENSION = 1;
    static final int DIMENSION_NAME = 2;
    private static final Set<String> PRODUCTS = Set.of("MatMul", "MatMulNBits", "MatMulBnb4");
    private static final int MOST_CASTS = 3;

    private final Graph graph;
    private final String output;

    LastPosition(Graph graph, String output) {
        this.graph = graph;
        this.output = output;
    }

    /** @throws OnnxException if the graph is of another make than those that can be edited; it is not, then */
    void edit() {
        ProtoMessage declaration = graph.outputValue(output);
        Pattern.expect(isOfTokens(declaration), output);
        Node product = product();
        String gathered = "samovar/last/" + output;
        String index = gathered + "/index";
        graph.add(Initializer.ofLongs(index, -1));
        Node gather = new Node.Maker("Gather")
                .in(product.input(0), index)
                .out(gathered)
                .number("axis", 1)
                .make();
        graph.replace(product, List.of(gather, product.withFirstInput(gathered)));
        graph.declareOutput(output, withOneToken(declaration));
    }

    private static boolean isOfTokens(ProtoMessage declaration) {
        ProtoMessage value = declaration;
        for (int number : TO_SHAPE) {
            value = value == null ? null : value.message(number);
        }
        List<Field> dimensions = value == null ? List.of() : value.of(SHAPE_DIMENSION);
        return dimensions.size() == 3
                && !dimensions.get(1).message().text(DIMENSION_NAME).isEmpty();
    }

    private Node product() {
        String wanted = output;
        for (int casts = 0; casts <= MOST_CASTS; casts++) {
            Node node = graph.maker(wanted);
            // What else reads the value may want all of it.
            int others = graph.readers(wanted) + (graph.isOutput(wanted) ? 1 : 0);
            Pattern.expect(node != null && others == 1, wanted);
            if (PRODUCTS.contains(node.op())) {
                boolean constant = node.inputs().size() > 1 && graph.constant(node.input(1)) != null;
                Pattern.expect(constant, wanted);
                return node;
            }
            Pattern.expect(node.is("Cast"), wanted);
            wanted = node.input(0);
        }
        throw new OnnxException(output, "expected fewer casts");
    }

    private static ProtoWriter withOneToken(ProtoMessage declaration) {
        return withDimension(declaration, 0, 1, new ProtoWriter().number(1, 1));
    }

    /** A value's declaration with another dimension in the place of one; {@code depth} is 0. */
    static ProtoWriter withDimension(ProtoMessage message, int depth, int axis, ProtoWriter dimension) {
        boolean isShape = depth == TO_SHAPE.length;
        int wanted = isShape ? SHAPE_DIMENSION : TO_SHAPE[depth];
        ProtoWriter writer = new ProtoWriter();
        int seen = 0;
        for (Field field : message.all()) {
            if (!field.is(wanted)) {
                field.copyTo(writer);
            } else if (!isShape) {
                writer.message(wanted, withDimension(field.message(), depth + 1, axis, dimension));
            } else if (seen++ == axis) {
                writer.message(SHAPE_DIMENSION, dimension);
            } else {
                field.copyTo(writer);
            }
        }
        return writer;
    }
}
