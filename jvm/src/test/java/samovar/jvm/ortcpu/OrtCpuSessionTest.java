package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samovar.dtype.Dtype;
import samovar.jvm.Fixtures;
import samovar.jvm.Fixtures.GoldenCase;
import samovar.runtime.Session;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;

class OrtCpuSessionTest {
    private static final Set<Integer> EOS = Set.of(582, 580);

    @ParameterizedTest
    @EnumSource(names = {"FP32", "FP16", "Q8", "INT8", "UINT8", "Q4", "Q4F16", "BNB4"})
    void aPlainLoopOverThePortGivesTheReferenceTokensInEveryDtype(Dtype dtype) {
        Session session = GreedyLoop.open(Fixtures.TINY_CHAT, dtype);
        for (GoldenCase golden : Fixtures.golden("tiny_chat_greedy.json")) {
            GreedyLoop loop = new GreedyLoop(session);
            assertThat(loop.generate(golden.promptIds(), 48, EOS))
                    .as(golden.toString())
                    .isEqualTo(golden.tokenIds());
            loop.close();
        }
        session.close();
    }

    @Test
    void metadataComesFromTheGraph() {
        Session session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        assertThat(session.inputs().get(0)).isEqualTo(new TensorInfo("input_ids", ElementType.INT64, Shape.of(-1, -1)));
        assertThat(session.inputs().get(session.inputIndex("past_key_values.3.value")))
                .isEqualTo(new TensorInfo("past_key_values.3.value", ElementType.FLOAT32, Shape.of(-1, 2, -1, 32)));
        assertThat(session.outputs().get(0))
                .isEqualTo(new TensorInfo("logits", ElementType.FLOAT32, Shape.of(-1, -1, 583)));
        assertThat(session.inputIndex("use_cache_branch")).isEqualTo(-1);
        session.close();
    }
}
