package samovar.jvm.ortcpu;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of one protobuf message in their order; what is inside them is parsed on demand. Immutable. */
final class ProtoFields {
    static final int VARINT = 0;
    static final int EIGHT_BYTES = 1;
    static final int BYTES = 2;
    static final int FOUR_BYTES = 5;
    private static final int MAX_VARINT_BITS = 64;

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

        /** Where it stands among the bytes that were parsed; no two fields of one message stand in the same place. */
        int start() {
            return start;
        }

        boolean is(int wanted) {
            return number == wanted && wire == BYTES;
        }

        /** @throws IllegalArgumentException if the content is no message */
        ProtoFields message() {
            return parse(memory, from, end);
        }

        String text() {
            return new String(memory, from, end - from, StandardCharsets.UTF_8);
        }
    }

    private final List<Field> fields;

    private ProtoFields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    List<Field> all() {
        return fields;
    }

    List<Field> of(int number) {
        return fields.stream().filter(field -> field.is(number)).toList();
    }

    /** The texts of a repeated string. */
    List<String> texts(int number) {
        return of(number).stream().map(Field::text).toList();
    }

    /** The text of a string that stands once, else the empty one. */
    String text(int number) {
        List<String> texts = texts(number);
        return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    }

    /** @throws IllegalArgumentException if the bytes are no message */
    static ProtoFields parse(byte[] memory, int from, int end) {
        List<Field> fields = new ArrayList<>();
        int at = from;
        while (at < end) {
            int start = at;
            long tag = varint(memory, at, end);
            at += varintLength(memory, at);
            int wire = (int) (tag & 7);
            int content = at;
            long length =
                    switch (wire) {
                        case VARINT -> {
                            varint(memory, at, end);
                            yield varintLength(memory, at);
                        }
                        case EIGHT_BYTES -> 8;
                        case FOUR_BYTES -> 4;
                        case BYTES -> {
                            content = at + varintLength(memory, at);
                            yield varint(memory, at, end);
                        }
                        default -> -1;
                    };
            if (length < 0 || length > end - content) {
                throw new IllegalArgumentException("no protobuf message at byte " + start);
            }
            at = content + (int) length;
            fields.add(new Field(memory, (int) (tag >>> 3), wire, start, content, at));
        }
        return new ProtoFields(fields);
    }

    private static long varint(byte[] memory, int from, int end) {
        long value = 0;
        int at = from;
        for (int shift = 0; shift < MAX_VARINT_BITS && at < end; shift += 7) {
            byte next = memory[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf number at byte " + from);
    }

    /** Of a number that {@link #varint} has read. */
    private static int varintLength(byte[] memory, int from) {
        int at = from;
        while (memory[at] < 0) {
            at++;
        }
        return at - from + 1;
    }

    /** Writes a message field by field. */
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer copy(Field field) {
            out.write(field.memory, field.start, field.end - field.start);
            return this;
        }

        Writer bytes(int number, byte[] content) {
            varint(((long) number << 3) | BYTES);
            varint(content.length);
            out.writeBytes(content);
            return this;
        }

        Writer text(int number, String text) {
            return bytes(number, text.getBytes(StandardCharsets.UTF_8));
        }

        Writer number(int number, long value) {
            varint(((long) number << 3) | VARINT);
            varint(value);
            return this;
        }

        Writer message(int number, Writer content) {
            return bytes(number, content.toBytes());
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
