package samovar.onnx;

import java.util.Arrays;

/** Walks a graph from value to value, and throws where it is of another make than expected. */
final class Pattern {
    private final Graph graph;

    Pattern(Graph graph) {
        this.graph = graph;
    }

    Graph graph() {
        return graph;
    }

    /** The operator that makes a value, which must be this one of ONNX. */
    Node maker(String value, String op) {
        Node node = graph.maker(value);
        if (node == null || !node.is(op)) {
            throw new OnnxException(
                    value, "expected from " + op + ", found from " + (node == null ? "none" : node.op()));
        }
        return node;
    }

    /** The operator that alone reads a value, which must be this one of ONNX. */
    Node reader(String value, String op) {
        Node node = graph.isOutput(value) ? null : graph.reader(value);
        return expectReader(value, node, op);
    }

    /** The operator that alone reads an output of the graph, which must be this one of ONNX. */
    Node readerOfOutput(String value, String op) {
        return expectReader(value, graph.reader(value), op);
    }

    private static Node expectReader(String value, Node node, String op) {
        if (node == null || !node.is(op)) {
            throw new OnnxException(
                    value, "expected to be read by one " + op + ", found " + (node == null ? "others" : node.op()));
        }
        return node;
    }

    /** The other input of an operator of two whose order is free. */
    static String other(Node node, String value) {
        return node.input(0).equals(value) ? node.input(1) : node.input(0);
    }

    void expectNumbers(String constant, int... wanted) {
        expect(Arrays.equals(numbers(constant), wanted), constant);
    }

    /** The numbers of a small int64 constant; empty where there is none. */
    int[] numbers(String constant) {
        Initializer found = graph.constant(constant);
        return found == null ? new int[0] : found.numbers();
    }

    /** A float constant of one element, else NaN. */
    float real(String constant) {
        Initializer found = graph.constant(constant);
        return found == null ? Float.NaN : found.real();
    }

    static void expect(boolean fulfilled, String place) {
        expect(fulfilled, place, "of another make");
    }

    static void expect(boolean fulfilled, String place, String problem) {
        if (!fulfilled) {
            throw new OnnxException(place, problem);
        }
    }

    static void expectPermutation(Node transpose, int... wanted) {
        expect(Arrays.equals(transpose.numbers("perm"), wanted), transpose.output());
    }

    /** {@code [0, 0, heads, headDim]} of the Reshape that makes a value out of one projection. */
    Heads heads(String value) {
        Node transpose = maker(value, "Transpose");
        expectPermutation(transpose, 0, 2, 1, 3);
        Node reshape = maker(transpose.input(0), "Reshape");
        int[] sizes = numbers(reshape.input(1));
        boolean known = sizes.length == 4 && sizes[0] == 0 && sizes[1] == 0 && reshape.number("allowzero", 0) == 0;
        expect(known && sizes[2] > 0 && sizes[3] > 0, reshape.output());
        return new Heads(reshape.input(0), sizes[2], sizes[3]);
    }

    /** A projection that is seen as heads. */
    static final class Heads {
        final String projection;
        final int count;
        final int dim;

        Heads(String projection, int count, int dim) {
            this.projection = projection;
            this.count = count;
            this.dim = dim;
        }
    }
}
