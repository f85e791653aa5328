package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** Makes answers, to be kept in a {@link WebCache}. */
public final class Responses {
    private Responses() {}

    /** An answer with a text, a Blob or bytes as its body. */
    @JSBody(params = "body", script = "return new Response(body);")
    public static native Response of(JSObject body);

    /** Null for undefined. */
    @JSBody(params = "response", script = "return response || null;")
    public static native Response orNull(Response response);
}
