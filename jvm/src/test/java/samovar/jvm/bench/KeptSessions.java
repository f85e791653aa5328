package samovar.jvm.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.runtime.LoadListener;
import samovar.runtime.ModelRuntime;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.Tensor;

/** A runtime that opens each fp32 module once for all models that share it; sessions of other dtypes are each model's own. */
final class KeptSessions implements ModelRuntime {
    private final ModelRuntime runtime;
    private final Map<String, Session> kept = new HashMap<>();

    KeptSessions(ModelRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Device device() {
        return runtime.device();
    }

    @Override
    public Session open(SessionRequest request, LoadListener listener) {
        if (request.module().dtype() != Dtype.FP32) {
            return runtime.open(request, listener);
        }
        return new Borrowed(kept.computeIfAbsent(request.module().name(), name -> runtime.open(request, listener)));
    }

    /** Models close the runtime with themselves; this one outlives them. */
    @Override
    public void close() {}

    void closeAll() {
        kept.values().forEach(Session::close);
        kept.clear();
        runtime.close();
    }

    private record Borrowed(Session session) implements Session {
        @Override
        public List<TensorInfo> inputs() {
            return session.inputs();
        }

        @Override
        public List<TensorInfo> outputs() {
            return session.outputs();
        }

        @Override
        public TensorHandle upload(Tensor tensor) {
            return session.upload(tensor);
        }

        @Override
        public TensorHandle[] run(TensorHandle[] inputs) {
            return session.run(inputs);
        }

        @Override
        public Tensor read(TensorHandle handle) {
            return session.read(handle);
        }

        @Override
        public void interrupt() {
            session.interrupt();
        }

        @Override
        public void close() {}
    }
}
