package samovar.server.tls;

/** A certificate that cannot be read, made or kept; the message names the file and what to do. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    public TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
