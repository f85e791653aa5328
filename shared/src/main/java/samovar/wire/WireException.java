package samovar.wire;

/** A request that breaks the API's rules, or an answer that is an error: the fault in the form that travels. */
public final class WireException extends RuntimeException {
    private final transient ErrorBody body;

    public WireException(ErrorBody body) {
        super(body.message());
        this.body = body;
    }

    public ErrorBody body() {
        return body;
    }
}
