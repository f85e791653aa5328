package samovar.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/** A graph whose outputs are a function of its inputs; it counts handles that were not closed. Modules of one count take each other's. */
final class ToyModule implements Session {
    /** Handles of several modules that nobody has closed yet. */
    static final class Count {
        int open;
    }

    private final Count count;
    private final List<TensorInfo> inputs = new ArrayList<>();
    private final List<TensorInfo> outputs = new ArrayList<>();
    private final UnaryOperator<Tensor[]> graph;
    int runs;

    ToyModule(Count count, UnaryOperator<Tensor[]> graph) {
        this.count = count;
        this.graph = graph;
    }

    ToyModule in(String name, ElementType type, int... shape) {
        inputs.add(new TensorInfo(name, type, Shape.of(shape)));
        return this;
    }

    ToyModule out(String name, ElementType type, int... shape) {
        outputs.add(new TensorInfo(name, type, Shape.of(shape)));
        return this;
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
        return new Handle(tensor);
    }

    @Override
    public TensorHandle[] run(TensorHandle[] feeds) {
        runs++;
        Tensor[] tensors = new Tensor[feeds.length];
        for (int i = 0; i < feeds.length; i++) {
            tensors[i] = ((Handle) feeds[i]).open();
            if (tensors[i].type() != inputs.get(i).type()) {
                throw new AssertionError(inputs.get(i) + " was given " + tensors[i]);
            }
        }
        Tensor[] results = graph.apply(tensors);
        TensorHandle[] handles = new TensorHandle[results.length];
        for (int i = 0; i < results.length; i++) {
            if (results[i].type() != outputs.get(i).type()) {
                throw new AssertionError("the toy's own output " + outputs.get(i) + " is " + results[i]);
            }
            handles[i] = new Handle(results[i]);
        }
        return handles;
    }

    @Override
    public Tensor read(TensorHandle handle) {
        return ((Handle) handle).open();
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}

    private final class Handle implements TensorHandle {
        private final Tensor tensor;
        private boolean closed;

        Handle(Tensor tensor) {
            this.tensor = tensor;
            count.open++;
        }

        Tensor open() {
            if (closed) {
                throw new IllegalStateException("a closed tensor was used: " + tensor);
            }
            return tensor;
        }

        @Override
        public ElementType type() {
            return tensor.type();
        }

        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public Tensor host() {
            return open();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                count.open--;
            }
        }
    }
}
