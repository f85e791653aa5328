package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samovar.config.ModelConfig;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.hub.RepoId;
import samovar.jvm.Fixtures;
import samovar.model.CausalLanguageModel;
import samovar.model.DecoderGraphEdit;
import samovar.onnx.GraphEditor;
import samovar.runtime.GraphEdit;
import samovar.runtime.LoadListener;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

/** Edited graphs against the graphs as they are, in ONNX Runtime. */
class DecoderGraphEditTest {
    private static final int[] PROMPT = {581, 304, 198, 298, 294, 268, 305, 302, 13, 582, 198};
    private static final int POSITIONS = 1024;

    @ParameterizedTest
    @EnumSource(names = {"FP32", "FP16", "Q4", "Q4F16", "BNB4"})
    void theLastRowIsTheSameAndTheOnlyOne(Dtype dtype) {
        compareLastRow(Fixtures.TINY_CHAT, dtype, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8", "INT8", "UINT8"})
    void aDynamicallyQuantizedProductKeepsAllItsRows(Dtype dtype) {
        compareLastRow(Fixtures.TINY_CHAT, dtype, -1);
    }

    @Test
    void externalDataIsFoundBesideTheFile() {
        compareLastRow(Fixtures.SMOLLM2, Dtype.Q4, 1);
    }

    /** @param tokens what the logits' declaration says of their tokens, -1 for any number */
    private static void compareLastRow(RepoId repo, Dtype dtype, int tokens) {
        Session plain = open(repo, dtype, GraphEdit.NONE);
        Session last = open(repo, dtype, new DecoderGraphEdit(POSITIONS));
        assertThat(declaredTokens(plain)).isEqualTo(-1);
        assertThat(declaredTokens(last)).isEqualTo(tokens);
        GreedyLoop expected = new GreedyLoop(plain);
        GreedyLoop found = new GreedyLoop(last);
        // Kernels for one row may sum in another order than those for many.
        assertRow(found.step(PROMPT), expected.step(PROMPT), 0.02f);
        assertRow(found.step(198), expected.step(198), 0.02f);
        expected.close();
        found.close();
        plain.close();
        last.close();
    }

    /** Its activations are rounded to 8 bits, so that one digit more or less would be seen in all logits. */
    @Test
    void regroupedAttentionComputesTheSameDigits() throws Exception {
        Session plain = open(Fixtures.SMOLLM2, Dtype.Q4, GraphEdit.NONE);
        Session edited = open(Fixtures.SMOLLM2, Dtype.Q4, (graph, place) -> {
            GraphEditor editor = GraphEditor.of(graph);
            editor.regroupAttention();
            assertThat(editor.notes()).containsExactly("grouped attention: 30");
            return editor.toBytes();
        });
        Path folder = Fixtures.MODELS.resolve(Fixtures.SMOLLM2.toString());
        ModelConfig config = ModelConfig.parse(Files.readString(folder.resolve("config.json")));
        CausalLanguageModel expected = new CausalLanguageModel(plain, config);
        CausalLanguageModel found = new CausalLanguageModel(edited, config);
        int[] tokens = Fixtures.golden("smollm2_greedy.json").get(0).promptIds().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        int length = tokens.length;
        tokens = Arrays.copyOf(tokens, 300);
        for (int i = length; i < tokens.length; i++) {
            tokens[i] = 100 + 37 * i % 40_000;
        }
        for (int[] chunk :
                new int[][] {{0, length}, {length, length + 1}, {length + 1, length + 3}, {length + 3, 140}}) {
            assertSameDigits(found, expected, tokens, chunk);
        }
        for (int at = 140; at < 150; at++) {
            assertSameDigits(found, expected, tokens, new int[] {at, at + 1});
        }
        found.rollBack(20);
        expected.rollBack(20);
        for (int[] chunk : new int[][] {{20, 21}, {21, 298}, {298, 299}, {299, 300}}) {
            assertSameDigits(found, expected, tokens, chunk);
        }
        found.close();
        expected.close();
        edited.close();
        plain.close();
    }

    private static void assertSameDigits(
            CausalLanguageModel found, CausalLanguageModel expected, int[] tokens, int[] chunk) {
        float[] row = expected.step(tokens, chunk[0], chunk[1]).clone();
        assertThat(found.step(tokens, chunk[0], chunk[1]))
                .as("tokens %d to %d", chunk[0], chunk[1])
                .isEqualTo(row);
    }

    /** Prompt, single tokens, a chunk, and all that again after the cache was cut. */
    @ParameterizedTest
    @EnumSource(names = {"WASM", "WEBGPU"})
    void whatTheBrowserRunsComputesTheSame(Device device) throws Exception {
        GraphEdit edit = new DecoderGraphEdit(POSITIONS);
        Session plain = open(Fixtures.TINY_CHAT, Dtype.FP32, GraphEdit.NONE);
        Session edited = open(Fixtures.TINY_CHAT, Dtype.FP32, (graph, place) -> edit.apply(graph, device));
        Path folder = Fixtures.MODELS.resolve(Fixtures.TINY_CHAT.toString());
        ModelConfig config = ModelConfig.parse(Files.readString(folder.resolve("config.json")));
        CausalLanguageModel expected = new CausalLanguageModel(plain, config);
        CausalLanguageModel found = new CausalLanguageModel(edited, config);
        int[] tokens = Arrays.copyOf(PROMPT, 100);
        for (int i = PROMPT.length; i < tokens.length; i++) {
            tokens[i] = 200 + 7 * i % 300;
        }
        for (int[] chunk : new int[][] {{0, 11}, {11, 12}, {12, 13}, {13, 90}, {90, 91}}) {
            compareStep(found, expected, tokens, chunk);
        }
        found.rollBack(40);
        expected.rollBack(40);
        for (int[] chunk : new int[][] {{40, 41}, {41, 44}, {44, 100}}) {
            compareStep(found, expected, tokens, chunk);
        }
        found.close();
        expected.close();
        edited.close();
        plain.close();
    }

    private static void compareStep(
            CausalLanguageModel found, CausalLanguageModel expected, int[] tokens, int[] chunk) {
        float[] row = expected.step(tokens, chunk[0], chunk[1]);
        assertRow(found.step(tokens, chunk[0], chunk[1]), row, 1e-4f);
        assertThat(found.cachedTokens()).isEqualTo(expected.cachedTokens());
    }

    private static Session open(RepoId repo, Dtype dtype, GraphEdit edit) {
        SessionRequest whole = GreedyLoop.request(repo, dtype);
        SessionRequest request = new SessionRequest(
                whole.repo(), whole.commit(), whole.module(), Set.of(CausalLanguageModel.LOGITS), edit, Map.of());
        return GreedyLoop.runtime().open(request, LoadListener.NONE);
    }

    private static int declaredTokens(Session session) {
        return session.outputs().get(session.outputIndex("logits")).shape().dimension(1);
    }

    private static void assertRow(float[] found, float[] expected, float tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        float worst = 0;
        for (int i = 0; i < found.length; i++) {
            worst = Math.max(worst, Math.abs(found[i] - expected[i]));
        }
        assertThat(worst).isLessThan(tolerance);
        assertThat(GreedyLoop.best(found)).isEqualTo(GreedyLoop.best(expected));
    }
}
