package samovar.onnx;

/** Bytes that are no ONNX model, or a graph that is not of the make that an edit looks for. */
public final class OnnxException extends RuntimeException {
    private final String place;

    OnnxException(String place, String problem) {
        super(place + ": " + problem);
        this.place = place;
    }

    /** Which value or byte. */
    public String place() {
        return place;
    }
}
