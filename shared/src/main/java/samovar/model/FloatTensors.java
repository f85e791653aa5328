package samovar.model;

import samovar.tensor.ElementType;
import samovar.tensor.Float16;
import samovar.tensor.Tensor;

/** Float tensors in Java memory, made what the next module wants: modules of one model may differ in precision. */
final class FloatTensors {
    private FloatTensors() {}

    /** The tensor itself where it has the type already. */
    static Tensor as(ElementType wanted, Tensor tensor) {
        if (tensor.type() == wanted) {
            return tensor;
        }
        int[] shape = tensor.shape().toArray();
        if (wanted == ElementType.FLOAT32 && tensor.type() == ElementType.FLOAT16) {
            return Tensor.ofFloats(Float16.toFloats(tensor.halves()), shape);
        }
        if (wanted == ElementType.FLOAT16 && tensor.type() == ElementType.FLOAT32) {
            return Tensor.ofHalves(Float16.ofFloats(tensor.floats()), shape);
        }
        throw new IllegalArgumentException(
                tensor + " cannot become " + wanted.label() + "; only float32 and float16 turn into each other");
    }

    /** {@code [1, first + second, width]} of {@code [1, first, width]} and {@code [1, second, width]}: one after the other. */
    static Tensor joined(ElementType wanted, Tensor first, Tensor second) {
        int width = first.shape().dimension(-1);
        if (width != second.shape().dimension(-1)) {
            throw Florence2Names.unsupported("joins image features " + first.shape() + " and embedded tokens "
                    + second.shape() + ", whose last dimensions differ");
        }
        int split = first.shape().elementCount();
        int count = split + second.shape().elementCount();
        int[] shape = {1, count / width, width};
        if (wanted == ElementType.FLOAT32) {
            float[] all = new float[count];
            widen(first, all, 0);
            widen(second, all, split);
            return Tensor.ofFloats(all, shape);
        }
        short[] all = new short[count];
        narrow(first, all, 0);
        narrow(second, all, split);
        return Tensor.ofHalves(all, shape);
    }

    private static void widen(Tensor source, float[] into, int at) {
        if (source.type() == ElementType.FLOAT32) {
            System.arraycopy(source.floats(), 0, into, at, source.floats().length);
            return;
        }
        short[] halves = source.halves();
        for (int i = 0; i < halves.length; i++) {
            into[at + i] = Float16.toFloat(halves[i]);
        }
    }

    private static void narrow(Tensor source, short[] into, int at) {
        if (source.type() == ElementType.FLOAT16) {
            System.arraycopy(source.halves(), 0, into, at, source.halves().length);
            return;
        }
        float[] floats = source.floats();
        for (int i = 0; i < floats.length; i++) {
            into[at + i] = Float16.ofFloat(floats[i]);
        }
    }
}
