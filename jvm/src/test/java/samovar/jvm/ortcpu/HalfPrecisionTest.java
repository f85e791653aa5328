package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.jvm.Fixtures;
import samovar.runtime.LoadListener;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** Graphs whose inputs and outputs are float16, and an output whose dimension's name does not tell its size. */
class HalfPrecisionTest {
    private static final short ONE = 0x3c00;
    private static final short MINUS_TWO = (short) 0xc000;

    @TempDir
    Path folder;

    @Test
    void halvesGoInAndComeOutAsTheirBits() throws IOException {
        Session session = open(GraphWriter.halves("Identity", List.of("x")));
        assertThat(session.inputs()).containsExactly(new TensorInfo("x", ElementType.FLOAT16, Shape.of(-1)));
        for (int round = 0; round < 3; round++) {
            TensorHandle output = run(session, ONE, MINUS_TWO);
            assertThat(output.host().halves()).containsExactly(ONE, MINUS_TWO);
            assertThat(session.read(output).halves()).containsExactly(ONE, MINUS_TWO);
            output.close();
        }
        session.close();
    }

    @Test
    void anOutputOfAnotherShapeThanItsNamesPromiseStillComes() throws IOException {
        Session session = open(GraphWriter.halves("Concat", List.of("x", "x")));
        for (int round = 0; round < 3; round++) {
            TensorHandle output = run(session, ONE, MINUS_TWO);
            assertThat(output.shape()).isEqualTo(Shape.of(4));
            assertThat(output.host().halves()).containsExactly(ONE, MINUS_TWO, ONE, MINUS_TWO);
            output.close();
        }
        session.close();
    }

    private static TensorHandle run(Session session, short... values) {
        TensorHandle input = session.upload(Tensor.ofHalves(values, values.length));
        TensorHandle output = session.run(new TensorHandle[] {input})[0];
        input.close();
        return output;
    }

    private Session open(byte[] graph) throws IOException {
        Path file = Files.write(folder.resolve("model_fp16.onnx"), graph);
        PlannedModule module = new PlannedModule(
                "model",
                Dtype.FP16,
                Device.CPU,
                List.of(new PlannedFile("onnx/model_fp16.onnx", graph.length, null)),
                "a test");
        return new OrtCpuRuntime((repo, commit, path, progress) -> file, 1)
                .open(new SessionRequest(Fixtures.TINY_CHAT, "main", module, Set.of("y"), Map.of()), LoadListener.NONE);
    }
}
