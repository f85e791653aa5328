package samovar.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The fields of one protobuf message in their order; what is inside them is parsed on demand, and nothing is copied. Immutable. */
final class ProtoMessage {
    static final int VARINT = 0;
    static final int EIGHT_BYTES = 1;
    static final int BYTES = 2;
    static final int FOUR_BYTES = 5;
    private static final int MAX_VARINT_BITS = 64;
    private static final int LAST_SHIFT_OF_LOW = 28;

    /** A field's whole spelling is {@code [start, end)}, its content begins at {@code from}. */
    static final class Field {
        private final byte[] memory;
        private final int number;
        private final int wire;
        private final int start;
        private final int from;
        private final int end;

        private Field(byte[] memory, int number, int wire, int start, int from, int end) {
            this.memory = memory;
            this.number = number;
            this.wire = wire;
            this.start = start;
            this.from = from;
            this.end = end;
        }

        /** Whether it is a message, text or bytes of this number. */
        boolean is(int wanted) {
            return number == wanted && wire == BYTES;
        }

        /** @throws OnnxException if the content is no message */
        ProtoMessage message() {
            return parse(memory, from, end);
        }

        /** A char per byte: names are compared and written back, and what they spell outside of ASCII doesn't matter for that. */
        String text() {
            char[] text = new char[end - from];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) (memory[from + i] & 0xff);
            }
            return new String(text);
        }

        int length() {
            return end - from;
        }

        /** Four bytes of the content, little-endian. */
        int fourBytes(int at) {
            int first = from + at;
            return (memory[first] & 0xff)
                    | ((memory[first + 1] & 0xff) << 8)
                    | ((memory[first + 2] & 0xff) << 16)
                    | (memory[first + 3] << 24);
        }

        void copyTo(ProtoWriter writer) {
            writer.slice(memory, start, end);
        }
    }

    private final List<Field> fields;

    private ProtoMessage(List<Field> fields) {
        this.fields = Collections.unmodifiableList(fields);
    }

    List<Field> all() {
        return fields;
    }

    List<Field> of(int number) {
        List<Field> found = new ArrayList<>();
        for (Field field : fields) {
            if (field.is(number)) {
                found.add(field);
            }
        }
        return found;
    }

    /** The last message of this number, which is the one that counts; null for none. */
    ProtoMessage message(int number) {
        Field last = last(number, BYTES);
        return last == null ? null : last.message();
    }

    /** The texts of a repeated string. */
    List<String> texts(int number) {
        List<String> texts = new ArrayList<>();
        for (Field field : of(number)) {
            texts.add(field.text());
        }
        return texts;
    }

    /** The text of a string that stands once, else the empty one. */
    String text(int number) {
        Field last = last(number, BYTES);
        return last == null ? "" : last.text();
    }

    /** The number that stands once, else this one; one that is no int is the nearest int. */
    int number(int number, int otherwise) {
        Field last = last(number, VARINT);
        return last == null ? otherwise : varint(last.memory, last.from, last.end);
    }

    /** The single-precision number that stands once, else NaN. */
    float real(int number) {
        Field last = last(number, FOUR_BYTES);
        return last == null ? Float.NaN : Float.intBitsToFloat(last.fourBytes(0));
    }

    /** The numbers of a repeated one, packed or not, each the nearest int. */
    int[] numbers(int number) {
        int[] numbers = {};
        for (Field field : fields) {
            if (field.number == number && (field.wire == VARINT || field.wire == BYTES)) {
                int at = field.from;
                while (at < field.end) {
                    numbers = Arrays.copyOf(numbers, numbers.length + 1);
                    numbers[numbers.length - 1] = varint(field.memory, at, field.end);
                    at += varintLength(field.memory, at);
                }
            }
        }
        return numbers;
    }

    private Field last(int number, int wire) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            Field field = fields.get(i);
            if (field.number == number && field.wire == wire) {
                return field;
            }
        }
        return null;
    }

    static ProtoMessage parse(byte[] memory) {
        return parse(memory, 0, memory.length);
    }

    /** @throws OnnxException if the bytes are no message */
    static ProtoMessage parse(byte[] memory, int from, int end) {
        List<Field> fields = new ArrayList<>();
        int at = from;
        while (at < end) {
            int start = at;
            int tag = varint(memory, at, end);
            at += varintLength(memory, at);
            int wire = tag & 7;
            int content = at;
            int length =
                    switch (wire) {
                        case VARINT -> {
                            varint(memory, at, end);
                            yield varintLength(memory, at);
                        }
                        case EIGHT_BYTES -> 8;
                        case FOUR_BYTES -> 4;
                        case BYTES -> {
                            int announced = varint(memory, at, end);
                            content = at + varintLength(memory, at);
                            yield announced;
                        }
                        default -> -1;
                    };
            if (tag >>> 3 == 0 || length < 0 || length > end - content) {
                throw new OnnxException("byte " + start, "no protobuf message");
            }
            at = content + length;
            fields.add(new Field(memory, tag >>> 3, wire, start, content, at));
        }
        return new ProtoMessage(fields);
    }

    private static int varint(byte[] memory, int from, int end) {
        int low = 0;
        int high = 0;
        int at = from;
        for (int shift = 0; shift < MAX_VARINT_BITS && at < end; shift += 7) {
            byte next = memory[at++];
            int bits = next & 0x7f;
            if (shift < Integer.SIZE) {
                low |= bits << shift;
            }
            if (shift > Integer.SIZE) {
                high |= bits << (shift - Integer.SIZE);
            } else if (shift == LAST_SHIFT_OF_LOW) {
                high = bits >> (Integer.SIZE - LAST_SHIFT_OF_LOW);
            }
            if (next >= 0) {
                return nearest(low, high);
            }
        }
        throw new OnnxException("byte " + from, "no protobuf number");
    }

    /** The int nearest to a number of 64 bits. */
    static int nearest(int low, int high) {
        if (high == low >> (Integer.SIZE - 1)) {
            return low;
        }
        return high < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    /** Of a number that {@link #varint} has read. */
    private static int varintLength(byte[] memory, int from) {
        int at = from;
        while (memory[at] < 0) {
            at++;
        }
        return at - from + 1;
    }
}
