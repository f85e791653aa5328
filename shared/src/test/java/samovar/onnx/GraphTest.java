package samovar.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTest {
    static final Path MODELS = Path.of("..", "models");

    static List<Path> everyBundledGraph() throws IOException {
        try (Stream<Path> files = Files.walk(MODELS)) {
            List<Path> graphs = files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
            assertThat(graphs).hasSizeGreaterThan(20);
            return graphs;
        }
    }

    @ParameterizedTest
    @MethodSource("everyBundledGraph")
    void whatIsReadAndNotEditedIsWrittenByteForByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        GraphEditor editor = GraphEditor.of(bytes);
        assertThat(editor.toBytes()).isSameAs(bytes);
        if (editor.notes().isEmpty()) {
            assertThat(new Graph(bytes).toBytes()).isEqualTo(bytes);
        } else {
            assertThat(editor.notes()).singleElement().asString().contains("graphs inside graphs");
        }
    }

    @Test
    void bytesThatAreNoModelAreRefused() throws IOException {
        byte[] model = Files.readAllBytes(MODELS.resolve("bundled/tiny-chat/onnx/model.onnx"));
        assertThatThrownBy(() -> new Graph(Arrays.copyOf(model, 1000))).isInstanceOf(OnnxException.class);
        assertThatThrownBy(() -> new Graph(new byte[] {0x3a, 0x02, (byte) 0x80, (byte) 0x80}))
                .isInstanceOf(OnnxException.class);
        assertThatThrownBy(() -> new Graph(new byte[0])).hasMessage("the model: expected one graph, found 0");
    }

    @Test
    void replacedOperatorsStandWhereTheOldOneStood() {
        Graph graph = new Graph(TestGraph.chain("Neg", "Abs", "Exp"));
        Node abs = graph.maker("v2");
        graph.replace(
                abs,
                List.of(
                        new Node.Maker("Sin").in("v1").out("new").make(),
                        new Node.Maker("Cos").in("new").out("v2").make()));
        assertThat(new Graph(graph.toBytes()).nodes()).extracting(Node::op).containsExactly("Neg", "Sin", "Cos", "Exp");
        assertThat(graph.readers("new")).isEqualTo(1);
        assertThat(graph.readers("v1")).isEqualTo(1);
    }

    @Test
    void whatNothingReadsIsSweptAwayWithAllThatOnlyItRead() {
        Graph graph = new Graph(TestGraph.chain("Neg", "Abs", "Exp"));
        graph.replace(
                graph.maker("v3"),
                List.of(new Node.Maker("Sin").in("v0").out("v3").make()));
        graph.sweep();
        assertThat(new Graph(graph.toBytes()).nodes()).extracting(Node::op).containsExactly("Sin");
    }

    @Test
    void constantsAreReadInEachOfTheirSpellings() {
        Initializer packed = new Initializer(ProtoMessage.parse(new ProtoWriter()
                .number(1, 2)
                .number(2, Initializer.INT64)
                .bytes(7, new byte[] {
                    3,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    (byte) 0xff,
                    1
                })
                .text(8, "n")
                .toBytes()));
        assertThat(packed.numbers()).containsExactly(3, -1);
        assertThat(Initializer.ofLongs("n", -1).numbers()).containsExactly(-1);
        assertThat(Initializer.ofReal("n", 0.125f).real()).isEqualTo(0.125f);
        assertThat(Initializer.ofInt("n", 3).real()).isNaN();
    }
}
