package samovar.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.wire.ErrorBody;

/** A request that is answered with an error, thrown wherever that is found out. */
public final class HttpFault extends RuntimeException {
    private final int status;
    private final transient ErrorBody body;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public HttpFault(int status, ErrorBody body) {
        super(status + " " + body.message());
        this.status = status;
        this.body = body;
    }

    /** @param allowed the methods that are, comma-separated */
    public static HttpFault methodNotAllowed(String asked, String allowed) {
        String message = asked + " is not a way to use this address; it takes " + allowed + ".";
        return new HttpFault(405, new ErrorBody(message, ErrorBody.INVALID_REQUEST, null, "method_not_allowed"))
                .header("Allow", allowed);
    }

    /** Adds a header to the answer. */
    public HttpFault header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public ErrorBody body() {
        return body;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
