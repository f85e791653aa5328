package samovar.onnx;

/** Graphs for tests, written field by field. */
final class TestGraph {
    private TestGraph() {}

    /** Operators one after the other, from the input {@code v0} to the last one's output {@code v1, v2, …}. */
    static byte[] chain(String... operators) {
        ProtoWriter graph = new ProtoWriter();
        for (int i = 0; i < operators.length; i++) {
            Node node =
                    new Node.Maker(operators[i]).in("v" + i).out("v" + (i + 1)).make();
            graph.message(1, node.writer());
        }
        graph.text(2, "chain")
                .message(11, new ProtoWriter().text(1, "v0"))
                .message(12, new ProtoWriter().text(1, "v" + operators.length));
        return new ProtoWriter().number(1, 9).message(7, graph).toBytes();
    }

    /** The model with a constant's raw bytes, which must stand in it once after the constant's name, changed. */
    static byte[] withChangedConstant(byte[] model, String name, byte[] raw) {
        byte[] spelled = new ProtoWriter().text(8, name).bytes(9, raw).toBytes();
        int length = spelled.length - raw.length;
        byte[] changed = model.clone();
        for (int at = 0; at + spelled.length <= model.length; at++) {
            int same = 0;
            while (same < length && model[at + same] == spelled[same]) {
                same++;
            }
            if (same == length) {
                System.arraycopy(raw, 0, changed, at + length, raw.length);
                return changed;
            }
        }
        throw new IllegalArgumentException("no constant " + name + " that is spelled so");
    }
}
