package samovar.client.ortweb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSMapLike;
import org.teavm.jso.core.JSObjects;
import org.teavm.jso.core.JSPromise;
import samovar.client.js.Await;
import samovar.client.js.JsFault;
import samovar.client.js.Ort;
import samovar.client.js.OrtSession;
import samovar.client.js.OrtTensor;
import samovar.client.js.OrtValueMetadata;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** A session of onnxruntime-web. Before a run the realm's messages get their turn where it is due. */
final class OrtWebSession implements Session {
    /** How long a failed run on the GPU waits for the news that the device is lost. */
    private static final int LOSS_MILLIS = 1000;

    private final Ort ort;
    private final OrtSession session;
    private final Faults faults;
    private final List<TensorInfo> inputs;
    private final List<TensorInfo> outputs;
    /** Input names, and the object they are fed in: made once, its values replaced by every run. */
    private final String[] inputNames;

    private final JSMapLike<OrtTensor> feeds = JSObjects.create();
    private final Turns turns;
    private boolean closed;

    OrtWebSession(Ort ort, OrtSession session, Turns turns, Faults faults) {
        this.ort = ort;
        this.session = session;
        this.turns = turns;
        this.faults = faults;
        this.inputs = infos(session.getInputMetadata());
        this.outputs = infos(session.getOutputMetadata());
        this.inputNames = new String[inputs.size()];
        for (int i = 0; i < inputNames.length; i++) {
            inputNames[i] = inputs.get(i).name();
        }
    }

    private static List<TensorInfo> infos(JSArray<OrtValueMetadata> metadata) {
        List<TensorInfo> infos = new ArrayList<>();
        for (int i = 0; i < metadata.getLength(); i++) {
            OrtValueMetadata value = metadata.get(i);
            int[] dimensions = new int[OrtValueMetadata.rank(value)];
            for (int axis = 0; axis < dimensions.length; axis++) {
                dimensions[axis] = OrtValueMetadata.dimension(value, axis);
            }
            infos.add(new TensorInfo(value.getName(), ElementType.ofLabel(value.getType()), Shape.of(dimensions)));
        }
        return Collections.unmodifiableList(infos);
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
        return new OrtWebTensor(TensorData.toOrt(ort, tensor));
    }

    @Override
    public TensorHandle[] run(TensorHandle[] tensors) {
        if (tensors.length != inputNames.length) {
            throw new IllegalArgumentException(
                    "the graph has " + inputNames.length + " inputs, and " + tensors.length + " were given");
        }
        turns.take();
        for (int i = 0; i < tensors.length; i++) {
            feeds.set(inputNames[i], ((OrtWebTensor) tensors[i]).tensor());
        }
        return handles(await());
    }

    private JSArray<OrtTensor> await() {
        try {
            JSPromise<JSArray<OrtTensor>> run = Ort.run(session, feeds);
            JSArray<OrtTensor> results = Ort.results(run);
            return results != null ? results : Await.of(run);
        } catch (JsFault fault) {
            throw failed(fault);
        }
    }

    /** What runs on a device that goes may fail before the browser tells that the device is gone. */
    private RuntimeFault failed(JsFault fault) {
        if (faults.onGpu()) {
            Await.of(Ort.deviceLost(ort, LOSS_MILLIS));
        }
        return faults.atRun(fault);
    }

    private static TensorHandle[] handles(JSArray<OrtTensor> results) {
        TensorHandle[] handles = new TensorHandle[results.getLength()];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = new OrtWebTensor(results.get(i));
        }
        return handles;
    }

    @Override
    public Tensor read(TensorHandle handle) {
        OrtWebTensor tensor = (OrtWebTensor) handle;
        if (tensor.isHost()) {
            return tensor.host();
        }
        try {
            return TensorData.toJava(tensor.type(), tensor.shape(), Await.of(OrtTensor.download(tensor.tensor())));
        } catch (JsFault fault) {
            throw failed(fault);
        }
    }

    /** Without effect: onnxruntime-web can't end a run, and the one after it was not meant. A flag ends the answer between two. */
    @Override
    public void interrupt() {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Ort.close(session);
        }
    }
}
