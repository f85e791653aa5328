package samovar.tensor;

/** The element types that language and vision models exchange with their runtime. */
public enum ElementType {
    FLOAT32("float32", 4),
    FLOAT16("float16", 2),
    INT64("int64", 8),
    INT32("int32", 4),
    INT8("int8", 1),
    UINT8("uint8", 1),
    BOOL("bool", 1);

    private final String label;
    private final int bytes;

    ElementType(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** The name onnxruntime-web uses, {@code float32} for example. */
    public String label() {
        return label;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** The type of that label; an unknown one is an {@link IllegalArgumentException} that lists the known. */
    public static ElementType ofLabel(String label) {
        for (ElementType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown tensor element type '" + label
                + "'; known are float32, float16, int64, int32, int8, uint8, bool");
    }
}
