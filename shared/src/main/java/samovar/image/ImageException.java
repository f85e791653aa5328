package samovar.image;

/** A picture that could not be had. The message says what was asked, what is allowed, and what to try. */
public final class ImageException extends RuntimeException {
    /** What went wrong, so that a caller can say what to do next. */
    public enum Kind {
        /** The file is empty, cut off or damaged. */
        UNREADABLE,
        /** The file is no picture, or one of a format that is not read here. */
        UNSUPPORTED_FORMAT,
        /** More bytes or pixels than the limits allow. */
        TOO_LARGE,
        /** The address is no address of a picture, or nothing came from there. */
        UNREACHABLE
    }

    private final Kind kind;

    public ImageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ImageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
