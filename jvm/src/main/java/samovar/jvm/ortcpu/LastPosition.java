package samovar.jvm.ortcpu;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samovar.jvm.ortcpu.ProtoFields.Field;
import samovar.jvm.ortcpu.ProtoFields.Writer;

/**
 * Edits an ONNX graph so that an output {@code [batch, tokens, width]} is computed for the last token alone: a Gather before
 * the matrix product that makes it. For a prompt of 144 tokens that product, the vocabulary's, is a sixth of SmolLM2's work
 * and 28 MB of logits nobody reads.
 *
 * <p>Only a product of the hidden state with constant weights is edited, and casts of it: those treat each row by itself, so
 * that the last row stays what it was. Dynamically quantized products measure all rows for one scale, and are left alone.
 *
 * <p>Numbers of fields are those of onnx.proto.
 */
final class LastPosition {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_OUTPUT = 12;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_NAME = 3;
    private static final int NODE_OP_TYPE = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int INT64 = 7;
    private static final int VALUE_NAME = 1;
    /** Of a value's message: its type, the type's tensor, the tensor's shape; the shape's dimensions are field 1. */
    private static final int[] TO_SHAPE = {2, 1, 2};

    private static final int SHAPE_DIMENSION = 1;
    private static final int DIMENSION_NAME = 2;
    private static final Set<String> PRODUCTS = Set.of("MatMul", "MatMulNBits", "MatMulBnb4");
    private static final int MOST_CASTS = 3;

    private final ProtoFields graph;
    private final String output;

    private LastPosition(ProtoFields graph, String output) {
        this.graph = graph;
        this.output = output;
    }

    /** The edited graph, or empty where it is of another make than those that can be edited. */
    static Optional<byte[]> of(byte[] model, String output) {
        try {
            ProtoFields outer = ProtoFields.parse(model, 0, model.length);
            List<Field> graphs = outer.of(MODEL_GRAPH);
            if (graphs.size() != 1) {
                return Optional.empty();
            }
            Optional<Writer> edited = new LastPosition(graphs.get(0).message(), output).edit();
            return edited.map(graph -> {
                Writer writer = new Writer();
                outer.all().stream().filter(field -> !field.is(MODEL_GRAPH)).forEach(writer::copy);
                return writer.message(MODEL_GRAPH, graph).toBytes();
            });
        } catch (IllegalArgumentException noGraph) {
            // ONNX Runtime says what is wrong with it.
            return Optional.empty();
        }
    }

    private Optional<Writer> edit() {
        Field value = outputValue();
        Field product = product();
        if (value == null || product == null) {
            return Optional.empty();
        }
        String gathered = "samovar/last/" + output;
        String index = gathered + "/index";
        Writer writer = new Writer();
        for (Field field : graph.all()) {
            if (field.start() == product.start()) {
                ProtoFields node = product.message();
                writer.message(GRAPH_NODE, gather(node.texts(NODE_INPUT).get(0), index, gathered));
                writer.message(GRAPH_NODE, withFirstInput(node, gathered));
            } else if (field.start() == value.start()) {
                writer.message(GRAPH_OUTPUT, withOneToken(value.message(), 0));
            } else {
                writer.copy(field);
            }
        }
        return Optional.of(writer.message(GRAPH_INITIALIZER, minusOne(index)));
    }

    /** The output's declaration, if it has three dimensions and that of the tokens is symbolic. */
    private Field outputValue() {
        for (Field field : graph.of(GRAPH_OUTPUT)) {
            ProtoFields value = field.message();
            if (!value.text(VALUE_NAME).equals(output)) {
                continue;
            }
            for (int number : TO_SHAPE) {
                List<Field> next = value.of(number);
                if (next.size() != 1) {
                    return null;
                }
                value = next.get(0).message();
            }
            List<Field> dimensions = value.of(SHAPE_DIMENSION);
            boolean symbolic = dimensions.size() == 3
                    && !dimensions.get(1).message().text(DIMENSION_NAME).isEmpty();
            return symbolic ? field : null;
        }
        return null;
    }

    private Field product() {
        String wanted = output;
        for (int casts = 0; casts <= MOST_CASTS; casts++) {
            Field found = nodeMaking(wanted);
            if (found == null) {
                return null;
            }
            ProtoFields node = found.message();
            List<String> inputs = node.texts(NODE_INPUT);
            if (PRODUCTS.contains(node.text(NODE_OP_TYPE))) {
                return inputs.size() > 1 && isConstant(inputs.get(1)) ? found : null;
            }
            if (!node.text(NODE_OP_TYPE).equals("Cast") || inputs.size() != 1) {
                return null;
            }
            wanted = inputs.get(0);
        }
        return null;
    }

    /** Null also where something else of the graph reads the value, all of it. */
    private Field nodeMaking(String value) {
        Field maker = null;
        long readers = graph.of(GRAPH_OUTPUT).stream()
                .filter(one -> one.message().text(VALUE_NAME).equals(value))
                .count();
        for (Field field : graph.of(GRAPH_NODE)) {
            ProtoFields node = field.message();
            if (node.texts(NODE_INPUT).contains(value)) {
                readers++;
            }
            if (node.texts(NODE_OUTPUT).contains(value)) {
                maker = field;
            }
        }
        return readers == 1 ? maker : null;
    }

    private boolean isConstant(String name) {
        return graph.of(GRAPH_INITIALIZER).stream()
                .anyMatch(field -> field.message().text(TENSOR_NAME).equals(name));
    }

    private static Writer gather(String input, String index, String gathered) {
        Writer axis = new Writer().text(1, "axis").number(3, 1).number(20, 2);
        return new Writer()
                .text(NODE_INPUT, input)
                .text(NODE_INPUT, index)
                .text(NODE_OUTPUT, gathered)
                .text(NODE_NAME, gathered)
                .text(NODE_OP_TYPE, "Gather")
                .message(NODE_ATTRIBUTE, axis);
    }

    private static Writer withFirstInput(ProtoFields node, String input) {
        Writer writer = new Writer();
        boolean replaced = false;
        for (Field field : node.all()) {
            if (!replaced && field.is(NODE_INPUT)) {
                writer.text(NODE_INPUT, input);
                replaced = true;
            } else {
                writer.copy(field);
            }
        }
        return writer;
    }

    /** The declaration with 1 in place of its second dimension. */
    private static Writer withOneToken(ProtoFields message, int depth) {
        boolean isShape = depth == TO_SHAPE.length;
        int wanted = isShape ? SHAPE_DIMENSION : TO_SHAPE[depth];
        Writer writer = new Writer();
        int seen = 0;
        for (Field field : message.all()) {
            if (!field.is(wanted)) {
                writer.copy(field);
            } else if (!isShape) {
                writer.message(wanted, withOneToken(field.message(), depth + 1));
            } else if (seen++ == 1) {
                writer.message(SHAPE_DIMENSION, new Writer().number(1, 1));
            } else {
                writer.copy(field);
            }
        }
        return writer;
    }

    private static Writer minusOne(String name) {
        byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
        return new Writer()
                .number(TENSOR_DIMS, 1)
                .number(TENSOR_TYPE, INT64)
                .text(TENSOR_NAME, name)
                .bytes(TENSOR_RAW, ones);
    }
}
