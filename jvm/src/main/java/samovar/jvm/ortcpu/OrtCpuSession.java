package samovar.jvm.ortcpu;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.jvm.hub.Hold;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.Tensor;

/**
 * One graph open on the CPU. Not thread-safe but for {@link #interrupt()}. Each output is owned by itself ({@code
 * OrtSession.Result} is never closed), so that a KV cache replaces its entries one by one. Outputs that are no host outputs
 * never enter Java memory; host outputs do when they are asked for.
 */
final class OrtCpuSession implements Session {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String module;
    private final List<TensorInfo> inputs;
    private final List<TensorInfo> outputs;
    private final boolean[] isHost;
    private final HostOutputs pinned;
    private final DirectBuffers buffers = new DirectBuffers();
    private final Set<String> outputNames = new LinkedHashSet<>();
    private final Map<String, OnnxTensorLike> feeds = new LinkedHashMap<>();
    private final OrtHandle[] given;
    private final RunControl control;
    /** Of the files that the graph was read from: its weights are mapped, not copied. */
    private final Hold files;

    private boolean closed;

    private OrtCpuSession(
            OrtEnvironment environment, OrtSession session, String module, Set<String> hostOutputs, Hold files)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.module = module;
        this.files = files;
        this.inputs = infos(session.getInputInfo().values(), module);
        this.outputs = infos(session.getOutputInfo().values(), module);
        this.given = new OrtHandle[inputs.size()];
        this.isHost = new boolean[outputs.size()];
        for (int i = 0; i < isHost.length; i++) {
            outputNames.add(outputs.get(i).name());
            isHost[i] = hostOutputs.contains(outputs.get(i).name());
        }
        if (!outputNames.containsAll(hostOutputs)) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.UNSUPPORTED_MODEL,
                    "module " + module + " lacks one of the outputs " + hostOutputs + "; it has " + outputNames);
        }
        this.pinned = HostOutputs.of(environment, session, outputs, isHost);
        this.control = new RunControl();
    }

    /** Takes the session over, and the hold on its files; closes the session, not the hold, if its metadata cannot be read. */
    static OrtCpuSession of(
            OrtEnvironment environment, OrtSession session, String module, Set<String> hostOutputs, Hold files)
            throws OrtException {
        try {
            return new OrtCpuSession(environment, session, module, hostOutputs, files);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static List<TensorInfo> infos(Collection<NodeInfo> nodes, String module) {
        List<TensorInfo> infos = new ArrayList<>();
        for (NodeInfo node : nodes) {
            infos.add(OrtTensors.info(node, module));
        }
        return List.copyOf(infos);
    }

    @Override
    public List<TensorInfo> inputs() {
        return inputs;
    }

    @Override
    public List<TensorInfo> outputs() {
        return outputs;
    }

    @Override
    public TensorHandle upload(Tensor tensor) {
        int bytes =
                Math.multiplyExact(tensor.shape().elementCount(), tensor.type().bytes());
        ByteBuffer memory = buffers.take(bytes);
        OrtTensors.copyToMemory(tensor, memory);
        try {
            OnnxTensor value = OrtTensors.onMemory(environment, tensor.type(), tensor.shape(), memory);
            return new OrtHandle.Uploaded(value, tensor, memory, buffers);
        } catch (OrtException e) {
            buffers.release(memory);
            throw OrtFaults.tensor("cannot hand the tensor " + tensor + " to ONNX Runtime", e);
        }
    }

    @Override
    public TensorHandle[] run(TensorHandle[] handles) {
        take(handles);
        control.begin();
        try {
            Map<String, OnnxTensor> pins = pinned.offer(given);
            try {
                return outputs(run(pins), !pins.isEmpty());
            } catch (OrtException e) {
                if (pins.isEmpty() || control.isInterrupted() || !HostOutputs.isAboutShapes(e)) {
                    throw e;
                }
                OrtSession.Result result = run(Map.of());
                pinned.giveUp();
                return outputs(result, false);
            }
        } catch (OrtException e) {
            throw OrtFaults.running(module, control.isInterrupted(), e);
        } finally {
            control.end();
        }
    }

    private void take(TensorHandle[] handles) {
        if (closed) {
            throw new IllegalStateException("the session of module " + module + " is closed");
        }
        if (handles.length != given.length) {
            throw new IllegalArgumentException(
                    "module " + module + " takes " + given.length + " inputs, not " + handles.length);
        }
        for (int i = 0; i < handles.length; i++) {
            if (!(handles[i] instanceof OrtHandle handle)) {
                throw new IllegalArgumentException("input " + inputs.get(i).name() + " of module " + module
                        + " is of another runtime: " + handles[i]);
            }
            given[i] = handle;
            feeds.put(inputs.get(i).name(), handle.value());
        }
    }

    private OrtSession.Result run(Map<String, OnnxTensor> pins) throws OrtException {
        Set<String> wanted = pins.isEmpty() ? outputNames : pinned.others();
        return session.run(feeds, wanted, pins, control.options());
    }

    /** ONNX Runtime's Java API answers pinned outputs first, then the wanted ones in their order. */
    private TensorHandle[] outputs(OrtSession.Result result, boolean withPins) {
        TensorHandle[] handles = new TensorHandle[outputs.size()];
        int next = withPins ? pinned.count() : 0;
        for (int i = 0; i < handles.length; i++) {
            if (withPins && isHost[i]) {
                handles[i] = pinned.hold(i);
            } else {
                handles[i] = handle(i, result.get(next++));
            }
        }
        return handles;
    }

    private OrtHandle handle(int output, OnnxValue value) {
        TensorInfo info = outputs.get(output);
        if (!(value instanceof OnnxTensor tensor)) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.FAILED_RUN, "output " + info.name() + " of module " + module + " is no tensor");
        }
        return isHost[output] ? new OrtHandle.Host(tensor, info.type()) : new OrtHandle(tensor, info.type());
    }

    @Override
    public Tensor read(TensorHandle handle) {
        if (handle instanceof OrtHandle ours) {
            return ours.copy();
        }
        throw new IllegalArgumentException("the tensor is of another runtime: " + handle);
    }

    @Override
    public void interrupt() {
        control.interrupt();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pinned.free();
        control.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw OrtFaults.tensor("cannot close the session of module " + module, e);
        } finally {
            files.close();
        }
    }
}
