package samovar.onnx;

import java.util.Arrays;
import java.util.List;
import samovar.onnx.ProtoMessage.Field;

/** A constant of a graph. Its shape is read, and its numbers where they are few; weights stay where they are. Immutable. */
final class Initializer {
    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int NAME = 8;
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int FLOAT_DATA = 4;
    private static final int INT64_DATA = 7;
    private static final int RAW_DATA = 9;
    private static final int DATA_LOCATION = 14;
    private static final int MOST_READ = 16;
    private static final int LONG_BYTES = 8;

    private final ProtoMessage message;
    private final String name;

    Initializer(ProtoMessage message) {
        this.message = message;
        name = message.text(NAME);
    }

    String name() {
        return name;
    }

    int[] dims() {
        return message.numbers(DIMS);
    }

    int elements() {
        int count = 1;
        for (int size : dims()) {
            count *= size;
        }
        return count;
    }

    boolean isFloat() {
        return message.number(DATA_TYPE, 0) == FLOAT;
    }

    /** The single number of a float constant; NaN where it is of another type or size. */
    float real() {
        if (!isFloat() || elements() != 1 || message.number(DATA_LOCATION, 0) != 0) {
            return Float.NaN;
        }
        List<Field> raw = message.of(RAW_DATA);
        List<Field> packed = raw.isEmpty() ? message.of(FLOAT_DATA) : raw;
        if (packed.isEmpty()) {
            return message.real(FLOAT_DATA);
        }
        return packed.get(0).length() == Float.BYTES
                ? Float.intBitsToFloat(packed.get(0).fourBytes(0))
                : Float.NaN;
    }

    /** The numbers of a small int64 constant, each the nearest int; empty where it is of another type or larger. */
    int[] numbers() {
        if (message.number(DATA_TYPE, 0) != INT64 || elements() > MOST_READ || message.number(DATA_LOCATION, 0) != 0) {
            return new int[0];
        }
        List<Field> raw = message.of(RAW_DATA);
        if (raw.isEmpty()) {
            return message.numbers(INT64_DATA);
        }
        Field bytes = raw.get(0);
        int[] numbers = new int[bytes.length() / LONG_BYTES];
        for (int i = 0; i < numbers.length; i++) {
            int at = i * LONG_BYTES;
            numbers[i] = ProtoMessage.nearest(bytes.fourBytes(at), bytes.fourBytes(at + Integer.BYTES));
        }
        return numbers;
    }

    ProtoWriter writer() {
        ProtoWriter writer = new ProtoWriter();
        for (Field field : message.all()) {
            field.copyTo(writer);
        }
        return writer;
    }

    private static Initializer scalar(String name, int type, byte[] raw) {
        return of(name, new ProtoWriter(), type, raw);
    }

    private static Initializer of(String name, ProtoWriter shape, int type, byte[] raw) {
        shape.number(DATA_TYPE, type).text(NAME, name).bytes(RAW_DATA, raw);
        return new Initializer(ProtoMessage.parse(shape.toBytes()));
    }

    /** A scalar. */
    static Initializer ofReal(String name, float value) {
        return scalar(name, FLOAT, ProtoWriter.littleEndian(Float.floatToIntBits(value)));
    }

    /** A scalar. */
    static Initializer ofInt(String name, int value) {
        return scalar(name, INT32, ProtoWriter.littleEndian(value));
    }

    /** A vector. */
    static Initializer ofLongs(String name, int... values) {
        byte[] raw = new byte[values.length * LONG_BYTES];
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(ProtoWriter.littleEndian(values[i]), 0, raw, i * LONG_BYTES, Integer.BYTES);
            byte sign = (byte) (values[i] < 0 ? -1 : 0);
            Arrays.fill(raw, i * LONG_BYTES + Integer.BYTES, (i + 1) * LONG_BYTES, sign);
        }
        return of(name, new ProtoWriter().number(DIMS, values.length), INT64, raw);
    }
}
