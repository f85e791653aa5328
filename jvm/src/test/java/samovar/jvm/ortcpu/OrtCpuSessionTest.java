package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samovar.dtype.Dtype;
import samovar.jvm.Fixtures;
import samovar.jvm.Fixtures.GoldenCase;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** What every session of the runtime port owes, checked on real graphs. */
class OrtCpuSessionTest {
    private static final Set<Integer> EOS = Set.of(582, 580);

    private Session session;

    @AfterEach
    void closeSession() {
        if (session != null) {
            session.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "FP16", "Q8", "INT8", "UINT8", "Q4", "Q4F16", "BNB4"})
    void aPlainLoopOverThePortGivesTheReferenceTokensInEveryDtype(Dtype dtype) {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, dtype);
        for (GoldenCase golden : Fixtures.golden("tiny_chat_greedy.json")) {
            GreedyLoop loop = new GreedyLoop(session);
            assertThat(loop.generate(golden.promptIds(), 48, EOS))
                    .as(golden.toString())
                    .isEqualTo(golden.tokenIds());
            loop.close();
        }
    }

    /** Every step of every answer, led along the reference's tokens, so that one near tie does not end the comparison. */
    @Test
    void smolLm2ChoosesAsTheReferenceAtEveryStepOfTheWholeAnswer() {
        session = GreedyLoop.open(Fixtures.SMOLLM2, Dtype.Q4);
        int clear = 0;
        for (GoldenCase golden : Fixtures.golden("smollm2_greedy.json")) {
            GreedyLoop loop = new GreedyLoop(session);
            float[] logits = loop.step(
                    golden.promptIds().stream().mapToInt(Integer::intValue).toArray());
            for (int step = 0; step < golden.tokenIds().size(); step++) {
                int reference = golden.tokenIds().get(step);
                int ours = GreedyLoop.best(logits);
                String place = golden + ", step " + step;
                if (golden.margins().get(step) >= Fixtures.NEAR_TIE) {
                    assertThat(ours).as(place).isEqualTo(reference);
                    clear++;
                } else {
                    assertThat(logits[ours] - logits[reference]).as(place).isLessThan((float) Fixtures.NEAR_TIE);
                }
                logits = loop.step(reference);
            }
            loop.close();
        }
        assertThat(clear).isEqualTo(177);
    }

    @Test
    void metadataComesFromTheGraph() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        assertThat(session.inputs().get(0)).isEqualTo(new TensorInfo("input_ids", ElementType.INT64, Shape.of(-1, -1)));
        assertThat(session.inputs().get(session.inputIndex("past_key_values.3.value")))
                .isEqualTo(new TensorInfo("past_key_values.3.value", ElementType.FLOAT32, Shape.of(-1, 2, -1, 32)));
        assertThat(session.outputs().get(0))
                .isEqualTo(new TensorInfo("logits", ElementType.FLOAT32, Shape.of(-1, -1, 583)));
        assertThat(session.inputIndex("use_cache_branch")).isEqualTo(-1);
    }

    @Test
    void onlyHostOutputsAnswerHostAndReadBringsTheOthers() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        TensorHandle[] results = session.run(prompt(session, 1, 2, 3));
        TensorHandle logits = results[session.outputIndex("logits")];
        TensorHandle key = results[session.outputIndex("present.0.key")];

        assertThat(logits.shape()).isEqualTo(Shape.of(1, 3, 583));
        assertThat(logits.host().floats()).hasSize(3 * 583);
        assertThat(session.read(logits).floats()).containsExactly(logits.host().floats());
        assertThat(key.type()).isEqualTo(ElementType.FLOAT32);
        assertThat(session.read(key).shape()).isEqualTo(Shape.of(1, 2, 3, 32));
        assertThatThrownBy(key::host)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("float32[1, 2, 3, 32] stays in ONNX Runtime's memory")
                .hasMessageContaining("Session.read");
    }

    @Test
    void aHostOutputStaysItsOwnWhileItIsHeldOverTheNextRun() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        TensorHandle first = session.run(prompt(session, 5))[0];
        TensorHandle second = session.run(prompt(session, 6))[0];
        float[] secondLogits = second.host().floats().clone();
        second.close();
        TensorHandle third = session.run(prompt(session, 6))[0];

        assertThat(third.host().floats()).containsExactly(secondLogits);
        assertThat(first.host().floats()).isNotEqualTo(secondLogits);
        first.close();
        TensorHandle fourth = session.run(prompt(session, 5))[0];
        assertThat(fourth.host().floats()).isNotEqualTo(secondLogits);
    }

    @Test
    void theLastRowIsThatOfTheWholeWhetherTheResultIsSmallOrLarge() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        for (int length : new int[] {3, 950, 2, 951, 1}) {
            TensorHandle handle = session.run(prompt(session, new int[length]))[0];
            float[] row = handle.lastRow().floats();
            float[] all = handle.host().floats();
            assertThat(all).hasSize(length * 583);
            assertThat(row).isEqualTo(Arrays.copyOfRange(all, all.length - 583, all.length));
            assertThat(Arrays.equals(session.read(handle).floats(), all)).isTrue();
            handle.close();
        }
    }

    @Test
    void everyElementTypeSurvivesTheWayThere() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        List<Tensor> tensors = List.of(
                Tensor.ofFloats(new float[] {1, -2.5f}, 2),
                Tensor.ofHalves(new short[] {0x3c00, (short) 0xc100}, 1, 2),
                Tensor.ofLongs(new long[] {Long.MIN_VALUE, 7}, 2),
                Tensor.ofInts(new int[] {Integer.MAX_VALUE, -7}, 2),
                Tensor.ofBytes(ElementType.INT8, new byte[] {-128, 127}, 2),
                Tensor.ofBytes(ElementType.UINT8, new byte[] {-1, 0}, 2, 1),
                Tensor.ofBytes(ElementType.BOOL, new byte[] {1, 0}, 2));
        for (Tensor tensor : tensors) {
            TensorHandle handle = session.upload(tensor);
            assertThat(handle.type()).isEqualTo(tensor.type());
            assertThat(handle.shape()).isEqualTo(tensor.shape());
            assertThat(session.read(handle)).usingRecursiveComparison().isEqualTo(tensor);
            handle.close();
        }
    }

    @Test
    void aClosedTensorIsRefusedBeforeOnnxRuntimeReadsFreedMemory() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        TensorHandle[] inputs = prompt(session, 1);
        inputs[2].close();
        inputs[2].close();

        assertThatThrownBy(() -> session.run(inputs))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a closed tensor int64 was used");
        assertThatThrownBy(inputs[2]::host).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedSessionSaysSo() {
        Session closed = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        TensorHandle[] inputs = prompt(closed, 1);
        closed.close();
        closed.close();
        closed.interrupt();
        assertThatThrownBy(() -> closed.run(inputs))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void aWrongShapeIsAFailedRunThatNamesTheModule() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        TensorHandle[] inputs = prompt(session, 1);
        inputs[0] = session.upload(Tensor.ofFloats(new float[] {1}, 1, 1));
        assertThatThrownBy(() -> session.run(inputs)).isInstanceOfSatisfying(RuntimeFault.class, fault -> {
            assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.FAILED_RUN);
            assertThat(fault).hasMessageContaining("module model (").hasMessageContaining("model.onnx");
        });
        assertThatThrownBy(() -> session.run(new TensorHandle[2])).hasMessageContaining("takes 11 inputs, not 2");
    }

    @Test
    void anInterruptEndsTheRunAndOnlyIt() throws Exception {
        session = GreedyLoop.open(Fixtures.SMOLLM2, Dtype.Q4);
        int[] long2000 = IntStream.range(0, 2000).map(i -> 500 + i % 1000).toArray();
        TensorHandle[] inputs = prompt(session, long2000);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread runner = new Thread(() -> {
            try {
                session.run(inputs);
                failure.complete(null);
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        runner.start();
        Thread.sleep(300);
        long asked = System.nanoTime();
        session.interrupt();

        assertThat(failure.get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        RuntimeFault.class, fault -> assertThat(fault.kind()).isEqualTo(RuntimeFault.Kind.CANCELLED));
        // A whole run of 2000 tokens takes many seconds; the longest single operator is a fraction of one.
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(5000);
        session.interrupt();
        assertThat(session.run(prompt(session, 1))).hasSameSizeAs(session.outputs());
    }

    @Test
    void kvTensorsDoNotLeakOverManyGenerations() {
        session = GreedyLoop.open(Fixtures.TINY_CHAT, Dtype.FP32);
        List<Integer> prompt = IntStream.range(0, 400).mapToObj(i -> i).toList();
        generate(prompt, 10);
        long before = committedBytes();
        generate(prompt, 25);
        // Each step's KV cache is 0.8 MB; kept, those of 25 × 16 steps would take 330 MB.
        assertThat(committedBytes() - before).isLessThan(150 << 20);
    }

    private void generate(List<Integer> prompt, int times) {
        for (int i = 0; i < times; i++) {
            GreedyLoop loop = new GreedyLoop(session);
            loop.generate(prompt, 16, Set.of());
            loop.close();
        }
    }

    private static long committedBytes() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getCommittedVirtualMemorySize();
    }

    /** Feeds of a first run over these tokens, in the order of the session's inputs. */
    private static TensorHandle[] prompt(Session session, int... tokens) {
        long[] ids = new long[tokens.length];
        long[] ones = new long[tokens.length];
        long[] positions = new long[tokens.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens[i];
            ones[i] = 1;
            positions[i] = i;
        }
        TensorHandle[] inputs = new TensorHandle[session.inputs().size()];
        inputs[session.inputIndex("input_ids")] = session.upload(Tensor.ofLongs(ids, 1, ids.length));
        inputs[session.inputIndex("attention_mask")] = session.upload(Tensor.ofLongs(ones, 1, ids.length));
        inputs[session.inputIndex("position_ids")] = session.upload(Tensor.ofLongs(positions, 1, ids.length));
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] == null) {
                Shape shape = session.inputs().get(i).shape();
                inputs[i] =
                        session.upload(Tensor.zeros(ElementType.FLOAT32, 1, shape.dimension(1), 0, shape.dimension(3)));
            }
        }
        return inputs;
    }
}
