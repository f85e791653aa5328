package samovar.jvm.ortcpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.dtype.Dtype;
import samovar.hub.HubException;
import samovar.jvm.Fixtures;
import samovar.jvm.hub.ModelFolders;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

class OrtCpuRuntimeTest {
    @TempDir
    Path folder;

    private Path graph;

    @BeforeEach
    void copyModel() throws IOException {
        graph = folder.resolve("bundled/tiny-chat/onnx/model.onnx");
        Files.createDirectories(graph.getParent());
        Files.copy(Fixtures.MODELS.resolve("bundled/tiny-chat/onnx/model.onnx"), graph);
    }

    @Test
    void phasesComeInOrderWithTheBytesOfThePlan() {
        List<LoadEvent> events = new ArrayList<>();
        SessionRequest request = GreedyLoop.request(Fixtures.SMOLLM2, Dtype.Q4);
        Session session = GreedyLoop.runtime().open(request, events::add);
        session.close();

        long total = request.module().sizeBytes();
        assertThat(total).isGreaterThan(100_000_000);
        assertThat(events)
                .extracting(LoadEvent::phase)
                .startsWith(LoadEvent.Phase.DOWNLOADING)
                .endsWith(LoadEvent.Phase.VERIFYING, LoadEvent.Phase.COMPILING)
                .isSorted();
        assertThat(events.get(0)).isEqualTo(new LoadEvent(LoadEvent.Phase.DOWNLOADING, "model", 0, total, true));
        assertThat(events.get(events.size() - 3))
                .isEqualTo(new LoadEvent(LoadEvent.Phase.DOWNLOADING, "model", total, total, true));
    }

    @Test
    void aMissingFileIsNamedBeforeOnnxRuntimeIsAsked() throws IOException {
        SessionRequest request = GreedyLoop.request(Fixtures.TINY_CHAT, Dtype.FP32);
        Files.delete(graph);
        assertFault(
                () -> open(request), RuntimeFault.Kind.MISSING_FILE, graph.toString(), "is not there", "3790014 bytes");
    }

    @Test
    void aFileThatTheSourceCannotGiveIsMissing() {
        SessionRequest request = GreedyLoop.request(Fixtures.TINY_CHAT, Dtype.FP32);
        OrtCpuRuntime runtime = new OrtCpuRuntime(
                (repo, commit, path, progress) -> {
                    throw new HubException(HubException.Kind.OFFLINE, path, path + " is not in the cache");
                },
                1);
        assertFault(
                () -> runtime.open(request, LoadListener.NONE),
                RuntimeFault.Kind.MISSING_FILE,
                "module model: onnx/model.onnx is not in the cache");
    }

    @Test
    void aFileOfAnotherSizeIsDamaged() throws IOException {
        SessionRequest request = GreedyLoop.request(Fixtures.TINY_CHAT, Dtype.FP32);
        Files.write(graph, Arrays.copyOf(Files.readAllBytes(graph), 3_000_000));
        assertFault(
                () -> open(request), RuntimeFault.Kind.DAMAGED_FILE, "has 3000000 bytes, but the plan says 3790014");
    }

    @Test
    void aCutGraphIsFoundThoughThePlanHasItsSize() throws IOException {
        Files.write(graph, Arrays.copyOf(Files.readAllBytes(graph), 3_000_000));
        assertFault(() -> open(request()), RuntimeFault.Kind.DAMAGED_FILE, graph.toString(), "no whole ONNX graph");
        Files.write(graph, new byte[0]);
        assertFault(() -> open(request()), RuntimeFault.Kind.DAMAGED_FILE, "no whole ONNX graph");
        Files.write(graph, new byte[] {0x08, (byte) 0x80});
        assertFault(() -> open(request()), RuntimeFault.Kind.DAMAGED_FILE, "no whole ONNX graph");
    }

    @Test
    void aGitLfsPointerAndAWebPageAreCalledByTheirNames() throws IOException {
        Files.writeString(graph, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3790014\n");
        assertFault(() -> open(request()), RuntimeFault.Kind.DAMAGED_FILE, "Git LFS pointer", "git lfs pull");
        Files.writeString(graph, "\n<!DOCTYPE html><html>Sign in</html>");
        assertFault(() -> open(request()), RuntimeFault.Kind.DAMAGED_FILE, "it is a web page");
    }

    @Test
    void aGraphThatOnnxRuntimeRefusesIsUnsupported() throws IOException {
        // A message with the field ir_version and no graph.
        Files.write(graph, new byte[] {0x08, 0x08});
        assertFault(() -> open(request()), RuntimeFault.Kind.UNSUPPORTED_MODEL, "ONNX Runtime cannot open " + graph);
    }

    @Test
    void missingExternalDataIsTold() throws IOException {
        SessionRequest whole = GreedyLoop.request(Fixtures.SMOLLM2, Dtype.Q4);
        Path alone = folder.resolve("bundled/SmolLM2-135M-Instruct/onnx/model_q4.onnx");
        Files.createDirectories(alone.getParent());
        Files.copy(Fixtures.MODELS.resolve("bundled/SmolLM2-135M-Instruct/onnx/model_q4.onnx"), alone);
        assertFault(() -> open(whole), RuntimeFault.Kind.MISSING_FILE, "model_q4.onnx_data");
    }

    @Test
    void anUnknownHostOutputIsRefusedWithTheOutputsThatAreThere() {
        SessionRequest request = request();
        SessionRequest wrong = new SessionRequest(
                request.repo(), request.commit(), request.module(), Set.of("last_hidden_state"), Map.of());
        assertFault(
                () -> open(wrong), RuntimeFault.Kind.UNSUPPORTED_MODEL, "[last_hidden_state]", "logits, present.0.key");
    }

    @Test
    void aFixedFreeDimensionShowsInTheMetadata() {
        SessionRequest request = request();
        Session session = open(new SessionRequest(
                request.repo(), request.commit(), request.module(), Set.of("logits"), Map.of("batch_size", 1L)));
        assertThat(session.inputs().get(0).shape().toArray()).containsExactly(1, -1);
        session.close();
    }

    private SessionRequest request() {
        return GreedyLoop.request(new ModelFolders(List.of(folder)), Fixtures.TINY_CHAT, Dtype.FP32);
    }

    private Session open(SessionRequest request) {
        OrtCpuRuntime runtime = new OrtCpuRuntime(
                (repo, commit, path, progress) ->
                        folder.resolve(repo.toString()).resolve(path),
                1);
        return runtime.open(request, LoadListener.NONE);
    }

    private static void assertFault(ThrowingCallable call, RuntimeFault.Kind kind, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RuntimeFault.class, fault -> {
            assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(kind);
            assertThat(fault.getMessage()).contains(parts);
        });
    }
}
