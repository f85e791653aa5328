package samovar.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphEditorTest {
    private static final int POSITIONS = 1024;
    private static final String SMOLLM2 = "bundled/SmolLM2-135M-Instruct/onnx/model_q4.onnx";

    private static byte[] model(String path) throws IOException {
        return Files.readAllBytes(GraphTest.MODELS.resolve(path));
    }

    private static byte[] tinyChat() throws IOException {
        return model("bundled/tiny-chat/onnx/model.onnx");
    }

    private static Map<String, Integer> operators(GraphEditor editor) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Node node : new Graph(editor.toBytes()).nodes()) {
            counts.merge(node.op(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void aLlamaLikeGraphBecomesAFewOperators() throws IOException {
        GraphEditor editor = GraphEditor.of(tinyChat());
        editor.keepLastRow("logits");
        editor.fuseNorms();
        editor.fuseAttention(POSITIONS);
        assertThat(editor.notes()).containsExactly("the last row of logits: 1", "norms: 17", "attention: 4");
        assertThat(operators(editor))
                .containsEntry("SimplifiedLayerNormalization", 1)
                .containsEntry("SkipSimplifiedLayerNormalization", 8)
                .containsEntry("GroupQueryAttention", 4)
                .containsEntry("MatMul", 4 * 5 + 1)
                .doesNotContainKeys("Softmax", "ReduceMean", "Slice", "Neg", "Where", "Tile");
    }

    @Test
    void theCacheOfFusedAttentionIsDeclaredToStayInItsRoom() throws IOException {
        GraphEditor editor = GraphEditor.of(tinyChat());
        editor.fuseAttention(POSITIONS);
        Graph edited = new Graph(editor.toBytes());
        for (String part : List.of("key", "value")) {
            ProtoMessage shape = edited.outputValue("present.3." + part)
                    .message(2)
                    .message(1)
                    .message(2);
            assertThat(shape.of(1)).hasSize(4);
            assertThat(shape.of(1).get(2).message().text(2)).isEqualTo("samovar/room");
            assertThat(shape.of(1).get(3).message().number(1, 0)).isEqualTo(32);
        }
    }

    @Test
    void groupedQueriesAndASplitProjectionAreKnownToo() throws IOException {
        GraphEditor editor = GraphEditor.of(model(SMOLLM2));
        editor.fuseNorms();
        editor.fuseAttention(POSITIONS);
        assertThat(editor.notes()).containsExactly("norms: 60", "attention: 30");
        assertThat(operators(editor))
                .containsEntry("GroupQueryAttention", 30)
                .containsEntry("MatMulNBits", 30 * 5 + 1)
                .doesNotContainKeys("Softmax", "Split", "Slice");
    }

    @Test
    void groupedQueriesAreComputedByFewerOperators() throws IOException {
        GraphEditor editor = GraphEditor.of(model(SMOLLM2));
        assertThat(operators(editor)).containsEntry("Transpose", 30 * 5).containsEntry("Slice", 30 * 4);
        editor.regroupAttention();
        assertThat(editor.notes()).containsExactly("grouped attention: 30");
        assertThat(operators(editor))
                .containsEntry("RotaryEmbedding", 30)
                .containsEntry("FusedMatMul", 30)
                .containsEntry("MatMul", 30)
                .containsEntry("Transpose", 30 * 2)
                .containsEntry("Slice", 1)
                .containsEntry("MatMulNBits", 30 * 5 + 1)
                .doesNotContainKeys("Neg");
    }

    @Test
    void repeatedKeysAreNotRegrouped() throws IOException {
        GraphEditor editor = GraphEditor.of(tinyChat());
        editor.regroupAttention();
        assertThat(editor.notes())
                .singleElement()
                .asString()
                .startsWith("grouped attention left as it is: past_key_values.0.key");
        assertThat(editor.isEdited()).isFalse();
    }

    /** For a single row, products without a scale are summed in another order. */
    @ParameterizedTest
    @CsvSource({"1, left as it is: past_key_values.0.key", "0.5, 30"})
    void aScaleOfOneIsNotRegrouped(float scale, String note) throws IOException {
        byte[] raw = ProtoWriter.littleEndian(Float.floatToIntBits(scale));
        GraphEditor editor = GraphEditor.of(TestGraph.withChangedConstant(model(SMOLLM2), "scale", raw));
        editor.regroupAttention();
        assertThat(editor.notes()).singleElement().asString().contains(note);
    }

    @ParameterizedTest
    @CsvSource({"model_bnb4, 9, 4", "model_q4, 17, 4", "model_quantized, 9, 4", "model_int8, 9, 4"})
    void quantizedProductsDoNotHideTheRest(String file, int norms, int layers) throws IOException {
        GraphEditor editor = GraphEditor.of(model("bundled/tiny-chat/onnx/" + file + ".onnx"));
        editor.fuseNorms();
        editor.fuseAttention(POSITIONS);
        assertThat(editor.notes()).containsExactly("norms: " + norms, "attention: " + layers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model_fp16", "model_q4f16"})
    void halfPrecisionAttentionStays(String file) throws IOException {
        GraphEditor editor = GraphEditor.of(model("bundled/tiny-chat/onnx/" + file + ".onnx"));
        editor.fuseAttention(POSITIONS);
        assertThat(editor.notes())
                .singleElement()
                .asString()
                .startsWith("attention left as it is: past_key_values.0.key");
        assertThat(editor.isEdited()).isFalse();
    }

    /** Each is a number that the pattern rests on; changed, the graph computes something else. */
    @ParameterizedTest
    @CsvSource({"rs4, 2", "rs2, 1", "rep, 3", "rh, 3", "ro, 2", "sh, 0", "s0, 0", "ax12, 1", "zero, 0"})
    void anotherConstantLeavesTheAttentionAsItIs(String constant, int index) throws IOException {
        byte[] graph = tinyChat();
        int[] numbers = new Graph(graph).constant(constant).numbers();
        ByteBuffer changed = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers.length; i++) {
            changed.putLong(numbers[i] + (i == index ? 1 : 0));
        }
        assertAttentionStays(TestGraph.withChangedConstant(graph, constant, changed.array()), POSITIONS);
    }

    @ParameterizedTest
    @CsvSource({"ninf, -100", "z, 1", "scale, 0"})
    void anotherMaskOrScaleLeavesTheAttentionAsItIs(String constant, float value) throws IOException {
        byte[] raw = ProtoWriter.littleEndian(Float.floatToIntBits(value));
        assertAttentionStays(TestGraph.withChangedConstant(tinyChat(), constant, raw), POSITIONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_000_000})
    void withoutABoundOrWithAHugeOneTheAttentionStays(int positions) throws IOException {
        assertAttentionStays(tinyChat(), positions);
    }

    private static void assertAttentionStays(byte[] graph, int positions) {
        GraphEditor editor = GraphEditor.of(graph);
        editor.fuseAttention(positions);
        assertThat(editor.notes()).singleElement().asString().startsWith("attention left as it is: ");
        assertThat(editor.toBytes()).isSameAs(graph);
    }

    @Test
    void aNormOverAnotherAxisOrWithoutEpsilonStays() throws IOException {
        byte[] zero = ProtoWriter.littleEndian(0);
        GraphEditor withoutEpsilon = GraphEditor.of(TestGraph.withChangedConstant(tinyChat(), "eps", zero));
        withoutEpsilon.fuseNorms();
        assertThat(withoutEpsilon.notes()).containsExactly("norms: 0");
        byte[] minusTwo = {-2, -1, -1, -1, -1, -1, -1, -1};
        GraphEditor otherAxis = GraphEditor.of(TestGraph.withChangedConstant(tinyChat(), "axm1", minusTwo));
        otherAxis.fuseNorms();
        assertThat(otherAxis.notes()).containsExactly("norms: 0");
        assertThat(otherAxis.isEdited()).isFalse();
    }

    @Test
    void anOutputThatIsNoProductKeepsAllItsRows() throws IOException {
        GraphEditor editor = GraphEditor.of(tinyChat());
        editor.keepLastRow("last_hidden_state");
        editor.keepLastRow("present.0.key");
        assertThat(editor.notes()).allMatch(note -> note.contains("left as it is"));
        assertThat(editor.isEdited()).isFalse();
    }
}
