package samovar.runtime;

import java.util.List;
import samovar.tensor.Tensor;

/**
 * One open ONNX graph. Inputs and outputs are positional, in the order of {@link #inputs()} and {@link #outputs()}, so
 * that a step of generation looks no name up. Not thread-safe; the owner closes it. {@link #run} and {@link #read} may
 * await in the browser.
 */
public interface Session {
    List<TensorInfo> inputs();

    List<TensorInfo> outputs();

    /** A handle on host data, to be fed to {@link #run}; the caller closes it. The data must not change until then. Never awaits. */
    TensorHandle upload(Tensor tensor);

    /**
     * Runs the graph once.
     *
     * @param inputs one handle per entry of {@link #inputs()}; they stay the caller's
     * @return one handle per entry of {@link #outputs()}, all owned by the caller; the host outputs of the {@link
     *     SessionRequest} answer {@link TensorHandle#host()}
     * @throws RuntimeFault with the reason, {@link RuntimeFault.Kind#CANCELLED} after {@link #interrupt()}
     */
    TensorHandle[] run(TensorHandle[] inputs);

    /** Brings a tensor to Java memory wherever it lives; the handle stays open. */
    Tensor read(TensorHandle handle);

    /** Asks a run in progress to end soon; may be called from another thread. Without effect where the runtime cannot. */
    void interrupt();

    void close();

    /** The position of an input of that name, or -1. */
    default int inputIndex(String name) {
        return TensorInfo.indexOf(inputs(), name);
    }

    /** The position of an output of that name, or -1. */
    default int outputIndex(String name) {
        return TensorInfo.indexOf(outputs(), name);
    }
}
