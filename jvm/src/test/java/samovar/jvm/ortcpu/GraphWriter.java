package samovar.jvm.ortcpu;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes ONNX graphs of one operator from {@code x [n]} to {@code y [n]}, byte by byte as protobuf has them. */
final class GraphWriter {
    private static final int FLOAT16 = 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private GraphWriter() {}

    /** @param inputs of the operator, each an {@code x}; both ends float16, both with the one dimension {@code n} */
    static byte[] halves(String operator, List<String> inputs) {
        GraphWriter node = new GraphWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, "y").text(4, operator);
        if (operator.equals("Concat")) {
            node.message(5, new GraphWriter().text(1, "axis").number(3, 0).number(20, 2));
        }
        GraphWriter graph = new GraphWriter()
                .message(1, node)
                .text(2, "graph")
                .message(11, value("x"))
                .message(12, value("y"));
        return new GraphWriter()
                .number(1, 8)
                .message(7, graph)
                .message(8, new GraphWriter().number(2, 17))
                .bytes
                .toByteArray();
    }

    private static GraphWriter value(String name) {
        GraphWriter shape = new GraphWriter().message(1, new GraphWriter().text(2, "n"));
        GraphWriter tensor = new GraphWriter().number(1, FLOAT16).message(2, shape);
        return new GraphWriter().text(1, name).message(2, new GraphWriter().message(1, tensor));
    }

    private GraphWriter number(int field, int value) {
        varint(field << 3);
        varint(value);
        return this;
    }

    private GraphWriter text(int field, String text) {
        return block(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private GraphWriter message(int field, GraphWriter message) {
        return block(field, message.bytes.toByteArray());
    }

    private GraphWriter block(int field, byte[] content) {
        varint((field << 3) | 2);
        varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            bytes.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
    }
}
