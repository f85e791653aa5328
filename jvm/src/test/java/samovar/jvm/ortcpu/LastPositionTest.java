package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samovar.dtype.Dtype;
import samovar.hub.RepoId;
import samovar.jvm.Fixtures;
import samovar.runtime.LoadListener;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

class LastPositionTest {
    private static final int[] PROMPT = {581, 304, 198, 298, 294, 268, 305, 302, 13, 582, 198};

    @ParameterizedTest
    @EnumSource(names = {"FP32", "FP16", "Q4", "Q4F16", "BNB4"})
    void theLastRowIsTheSameAndTheOnlyOne(Dtype dtype) {
        compare(Fixtures.TINY_CHAT, dtype, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8", "INT8", "UINT8"})
    void aDynamicallyQuantizedProductKeepsAllItsRows(Dtype dtype) {
        compare(Fixtures.TINY_CHAT, dtype, -1);
    }

    @Test
    void externalDataIsFoundBesideTheFile() {
        compare(Fixtures.SMOLLM2, Dtype.Q4, 1);
    }

    @Test
    void aGraphWithoutTheOutputAndBytesThatAreNoGraphAreLeftAlone() throws IOException {
        Path file = Fixtures.MODELS.resolve("bundled/tiny-chat/onnx/model.onnx");
        byte[] graph = Files.readAllBytes(file);
        assertThat(LastPosition.of(graph, "logits")).isPresent();
        assertThat(LastPosition.of(graph, "last_hidden_state")).isEmpty();
        assertThat(LastPosition.of(graph, "present.0.key")).isEmpty();
        assertThat(LastPosition.of(Arrays.copyOf(graph, 1000), "logits")).isEmpty();
        assertThat(LastPosition.of(new byte[] {0x3a, 0x02, (byte) 0x80, (byte) 0x80}, "logits"))
                .isEmpty();
    }

    /** @param tokens what the logits' declaration says of their tokens, -1 for any number */
    private static void compare(RepoId repo, Dtype dtype, int tokens) {
        SessionRequest whole = GreedyLoop.request(repo, dtype);
        Session plain = GreedyLoop.runtime().open(whole, LoadListener.NONE);
        Session last = GreedyLoop.runtime().open(lastRow(whole), LoadListener.NONE);
        assertThat(declaredTokens(plain)).isEqualTo(-1);
        assertThat(declaredTokens(last)).isEqualTo(tokens);
        GreedyLoop expected = new GreedyLoop(plain);
        GreedyLoop found = new GreedyLoop(last);
        assertRow(found.step(PROMPT), expected.step(PROMPT));
        assertRow(found.step(198), expected.step(198));
        expected.close();
        found.close();
        plain.close();
        last.close();
    }

    private static SessionRequest lastRow(SessionRequest whole) {
        return new SessionRequest(
                whole.repo(), whole.commit(), whole.module(), Set.of("logits"), Set.of("logits"), Map.of());
    }

    private static int declaredTokens(Session session) {
        return session.outputs().get(session.outputIndex("logits")).shape().dimension(1);
    }

    /** Kernels for one row may sum in another order than those for many. */
    private static void assertRow(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        float worst = 0;
        for (int i = 0; i < found.length; i++) {
            worst = Math.max(worst, Math.abs(found[i] - expected[i]));
        }
        assertThat(worst).isLessThan(0.02f);
        assertThat(GreedyLoop.best(found)).isEqualTo(GreedyLoop.best(expected));
    }
}
