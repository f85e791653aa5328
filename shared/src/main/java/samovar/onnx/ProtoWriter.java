package samovar.onnx;

import java.util.ArrayList;
import java.util.List;

/** Writes a protobuf message field by field. What is taken from elsewhere is copied once, when the whole is made into bytes. */
final class ProtoWriter {
    private static final int MOST_VARINT_BYTES = 10;

    /** Bytes of somebody else's array. */
    private static final class Slice {
        private final byte[] memory;
        private final int from;
        private final int end;

        Slice(byte[] memory, int from, int end) {
            this.memory = memory;
            this.from = from;
            this.end = end;
        }
    }

    private final List<Slice> slices = new ArrayList<>();
    private int size;

    ProtoWriter slice(byte[] memory, int from, int end) {
        slices.add(new Slice(memory, from, end));
        size += end - from;
        return this;
    }

    ProtoWriter bytes(int number, byte[] content) {
        head(number, content.length);
        return slice(content, 0, content.length);
    }

    /** @param text a char per byte, as {@link ProtoMessage.Field#text} gives it */
    ProtoWriter text(int number, String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes(number, bytes);
    }

    ProtoWriter number(int number, int value) {
        varint((number << 3) | ProtoMessage.VARINT);
        return varint(value);
    }

    /** A single-precision number. */
    ProtoWriter real(int number, float value) {
        varint((number << 3) | ProtoMessage.FOUR_BYTES);
        byte[] bytes = littleEndian(Float.floatToIntBits(value));
        return slice(bytes, 0, bytes.length);
    }

    ProtoWriter message(int number, ProtoWriter content) {
        head(number, content.size);
        return append(content);
    }

    /** The fields of another one after these. */
    ProtoWriter append(ProtoWriter fields) {
        slices.addAll(fields.slices);
        size += fields.size;
        return this;
    }

    static byte[] littleEndian(int bits) {
        return new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
    }

    byte[] toBytes() {
        byte[] all = new byte[size];
        int at = 0;
        for (Slice slice : slices) {
            int length = slice.end - slice.from;
            System.arraycopy(slice.memory, slice.from, all, at, length);
            at += length;
        }
        return all;
    }

    private void head(int number, int length) {
        varint((number << 3) | ProtoMessage.BYTES);
        varint(length);
    }

    /** A negative number is spelled as one of 64 bits. */
    private ProtoWriter varint(int value) {
        byte[] bytes = new byte[MOST_VARINT_BYTES];
        int length = 0;
        int rest = value;
        while (length < MOST_VARINT_BYTES - 1 && (rest & ~0x7f) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        bytes[length] = (byte) (value < 0 ? 1 : rest);
        return slice(bytes, 0, length + 1);
    }
}
