package samovar.jvm.ortcpu;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samovar.runtime.TensorInfo;

/** The host outputs of one session, pinned together or not at all. Not thread-safe. */
final class HostOutputs {
    private final Map<Integer, PinnedOutput> pins;
    private final Map<String, OnnxTensor> offered = new LinkedHashMap<>();
    private final List<TensorInfo> outputs;
    private final Set<String> others = new LinkedHashSet<>();
    private boolean works;

    private HostOutputs(List<TensorInfo> outputs, Map<Integer, PinnedOutput> pins, boolean works) {
        this.outputs = outputs;
        this.pins = pins;
        this.works = works;
        for (int i = 0; i < outputs.size(); i++) {
            if (!pins.containsKey(i)) {
                others.add(outputs.get(i).name());
            }
        }
    }

    static HostOutputs of(OrtEnvironment environment, OrtSession session, List<TensorInfo> outputs, boolean[] isHost)
            throws OrtException {
        ai.onnxruntime.TensorInfo[] inputs = tensors(session.getInputInfo());
        ai.onnxruntime.TensorInfo[] results = tensors(session.getOutputInfo());
        Map<Integer, PinnedOutput> pins = new LinkedHashMap<>();
        for (int i = 0; i < isHost.length; i++) {
            if (isHost[i]) {
                Optional<PinnedOutput> pin =
                        PinnedOutput.of(environment, outputs.get(i).type(), results[i], inputs);
                if (pin.isEmpty()) {
                    return new HostOutputs(outputs, Map.of(), false);
                }
                pins.put(i, pin.get());
            }
        }
        return new HostOutputs(outputs, pins, !pins.isEmpty());
    }

    private static ai.onnxruntime.TensorInfo[] tensors(Map<String, ai.onnxruntime.NodeInfo> nodes) {
        List<ai.onnxruntime.TensorInfo> infos = new ArrayList<>();
        for (ai.onnxruntime.NodeInfo node : nodes.values()) {
            infos.add((ai.onnxruntime.TensorInfo) node.getInfo());
        }
        return infos.toArray(new ai.onnxruntime.TensorInfo[0]);
    }

    /** Tensors to write this run's host outputs into, by name in their order; empty to let ONNX Runtime allocate. */
    Map<String, OnnxTensor> offer(OrtHandle[] inputs) throws OrtException {
        if (!works) {
            return Map.of();
        }
        for (Map.Entry<Integer, PinnedOutput> pin : pins.entrySet()) {
            OnnxTensor tensor = pin.getValue().offer(inputs);
            if (tensor == null) {
                return Map.of();
            }
            offered.put(outputs.get(pin.getKey()).name(), tensor);
        }
        return offered;
    }

    /** Whether a run may have failed because an output has another shape than the names of its dimensions promise. */
    static boolean isAboutShapes(OrtException e) {
        return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains("shape");
    }

    /** No output of this session is offered memory from now on. */
    void giveUp() {
        works = false;
    }

    OrtHandle hold(int output) {
        return pins.get(output).hold();
    }

    int count() {
        return pins.size();
    }

    /** The names of all outputs that are not pinned. */
    Set<String> others() {
        return others;
    }

    void free() {
        for (PinnedOutput pin : pins.values()) {
            pin.free();
        }
    }
}
