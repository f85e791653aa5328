package samovar.tensor;

/**
 * A tensor in Java memory, row-major. It owns nothing native and need not be closed. The array is handed over, not
 * copied: whoever gave it must not change it afterwards.
 */
public final class Tensor {
    private final ElementType type;
    private final Shape shape;
    private final Object data;

    private Tensor(ElementType type, Shape shape, Object data, int length) {
        if (shape.elementCount() != length) {
            throw new IllegalArgumentException("a tensor of shape " + shape + " has " + shape.elementCount()
                    + " elements, but the array has " + length);
        }
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    public static Tensor ofFloats(float[] data, int... shape) {
        return new Tensor(ElementType.FLOAT32, Shape.of(shape), data, data.length);
    }

    /** Half precision values as bits, see {@link Float16}. */
    public static Tensor ofHalves(short[] bits, int... shape) {
        return new Tensor(ElementType.FLOAT16, Shape.of(shape), bits, bits.length);
    }

    public static Tensor ofLongs(long[] data, int... shape) {
        return new Tensor(ElementType.INT64, Shape.of(shape), data, data.length);
    }

    public static Tensor ofInts(int[] data, int... shape) {
        return new Tensor(ElementType.INT32, Shape.of(shape), data, data.length);
    }

    /** One byte per value: {@link ElementType#INT8}, {@link ElementType#UINT8}, or {@link ElementType#BOOL} as 0 and 1. */
    public static Tensor ofBytes(ElementType type, byte[] data, int... shape) {
        if (type.bytes() != 1) {
            throw new IllegalArgumentException("elements of " + type.label() + " are not single bytes");
        }
        return new Tensor(type, Shape.of(shape), data, data.length);
    }

    /** Zeros of any type; an axis may be empty. */
    public static Tensor zeros(ElementType type, int... dimensions) {
        int count = Shape.of(dimensions).elementCount();
        return switch (type) {
            case FLOAT32 -> ofFloats(new float[count], dimensions);
            case FLOAT16 -> ofHalves(new short[count], dimensions);
            case INT64 -> ofLongs(new long[count], dimensions);
            case INT32 -> ofInts(new int[count], dimensions);
            case INT8, UINT8, BOOL -> ofBytes(type, new byte[count], dimensions);
        };
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** The array itself, not a copy. @throws IllegalStateException unless the type is float32 */
    public float[] floats() {
        return expect(ElementType.FLOAT32, data instanceof float[] array ? array : null);
    }

    /** The array itself, not a copy, as half precision bits. @throws IllegalStateException unless the type is float16 */
    public short[] halves() {
        return expect(ElementType.FLOAT16, data instanceof short[] array ? array : null);
    }

    /** The array itself, not a copy. @throws IllegalStateException unless the type is int64 */
    public long[] longs() {
        return expect(ElementType.INT64, data instanceof long[] array ? array : null);
    }

    /** The array itself, not a copy. @throws IllegalStateException unless the type is int32 */
    public int[] ints() {
        return expect(ElementType.INT32, data instanceof int[] array ? array : null);
    }

    /** The array itself, not a copy. @throws IllegalStateException unless the type is int8, uint8 or bool */
    public byte[] bytes() {
        return expect(ElementType.INT8, data instanceof byte[] array ? array : null);
    }

    private <T> T expect(ElementType wanted, T array) {
        if (array == null) {
            throw new IllegalStateException("the tensor holds " + type.label() + ", not " + wanted.label());
        }
        return array;
    }

    @Override
    public String toString() {
        return type.label() + shape;
    }
}
