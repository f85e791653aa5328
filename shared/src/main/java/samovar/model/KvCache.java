package samovar.model;

import java.util.ArrayList;
import java.util.List;
import samovar.config.ModelConfig;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/**
 * The keys and values of all layers, each {@code [batch, heads, tokens, headDim]}, wherever the session keeps them. Every
 * {@code past_key_values.X} of the session's inputs is fed from its output {@code present.X}. Owns its handles.
 */
final class KvCache {
    static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final int TOKEN_AXIS = 2;

    private final Session session;
    private final int[] inputs;
    private final int[] outputs;
    private final TensorHandle[] empty;
    private TensorHandle[] entries;

    KvCache(Session session, ModelConfig config) {
        this.session = session;
        List<TensorInfo> all = session.inputs();
        List<Integer> pasts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().startsWith(PAST)) {
                pasts.add(i);
            }
        }
        int count = pasts.size();
        inputs = new int[count];
        outputs = new int[count];
        empty = new TensorHandle[count];
        for (int i = 0; i < count; i++) {
            inputs[i] = pasts.get(i);
        }
        try {
            fillEmpty(config);
        } catch (RuntimeException failed) {
            close(empty);
            throw failed;
        }
        entries = empty;
    }

    private void fillEmpty(ModelConfig config) {
        for (int i = 0; i < empty.length; i++) {
            TensorInfo past = session.inputs().get(inputs[i]);
            outputs[i] = presentOf(session, past);
            empty[i] = session.upload(Tensor.zeros(past.type(), emptyShape(past, config)));
        }
    }

    /** @param handles null where none was made */
    static void close(TensorHandle... handles) {
        for (TensorHandle handle : handles) {
            if (handle != null) {
                handle.close();
            }
        }
    }

    static int presentOf(Session session, TensorInfo past) {
        String present = PRESENT + past.name().substring(PAST.length());
        int output = session.outputIndex(present);
        if (output < 0) {
            throw unsupported("has the input " + past.name() + ", but no output " + present + " to feed it");
        }
        return output;
    }

    /** Some exporters give only a name where a number belongs; config.json has it then. */
    static int[] emptyShape(TensorInfo past, ModelConfig config) {
        Shape shape = past.shape();
        if (shape.rank() != 4 || (past.type() != ElementType.FLOAT32 && past.type() != ElementType.FLOAT16)) {
            throw unsupported(
                    "has the input " + past.name() + " as " + past.type().label() + shape
                            + "; supported are float32 and float16 [batch, heads, tokens, headDim]");
        }
        int heads = shape.dimension(1) == Shape.SYMBOLIC ? config.kvHeads() : shape.dimension(1);
        int headDim = shape.dimension(3) == Shape.SYMBOLIC ? config.headDim() : shape.dimension(3);
        return new int[] {1, heads, 0, headDim};
    }

    /** Puts the entries in their places among a run's inputs. */
    void feed(TensorHandle[] runInputs) {
        for (int i = 0; i < inputs.length; i++) {
            runInputs[inputs[i]] = entries[i];
        }
    }

    /** Takes its entries out of a run's outputs, leaving null there, and closes those they replace. */
    void take(TensorHandle[] runOutputs) {
        TensorHandle[] next = new TensorHandle[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            next[i] = runOutputs[outputs[i]];
            runOutputs[outputs[i]] = null;
        }
        replace(next);
    }

    void clear() {
        replace(empty);
    }

    /** Keeps the first tokens; reads every entry to Java memory and back, so it may await. */
    void cut(int length) {
        TensorHandle[] next = new TensorHandle[entries.length];
        for (int i = 0; i < entries.length; i++) {
            next[i] = session.upload(cut(session.read(entries[i]), length));
        }
        replace(next);
    }

    void close() {
        clear();
        close(empty);
    }

    private void replace(TensorHandle[] next) {
        TensorHandle[] old = entries;
        entries = next;
        if (old != empty) {
            close(old);
        }
    }

    private static Tensor cut(Tensor entry, int length) {
        Shape shape = entry.shape();
        int[] dimensions = shape.toArray();
        int width = dimensions[3];
        int block = dimensions[TOKEN_AXIS] * width;
        int blocks = dimensions[0] * dimensions[1];
        int keptBlock = length * width;
        int[] cut = {dimensions[0], dimensions[1], length, width};
        if (entry.type() == ElementType.FLOAT16) {
            short[] kept = new short[blocks * keptBlock];
            copyBlocks(entry.halves(), block, kept, keptBlock, blocks);
            return Tensor.ofHalves(kept, cut);
        }
        float[] kept = new float[blocks * keptBlock];
        copyBlocks(entry.floats(), block, kept, keptBlock, blocks);
        return Tensor.ofFloats(kept, cut);
    }

    private static void copyBlocks(Object source, int block, Object target, int keptBlock, int blocks) {
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(source, i * block, target, i * keptBlock, keptBlock);
        }
    }

    static RuntimeFault unsupported(String problem) {
        return new RuntimeFault(RuntimeFault.Kind.UNSUPPORTED_MODEL, "the language model's graph " + problem);
    }
}
