package samovar.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import samovar.wire.ErrorBody;

/** Reads a request's body as UTF-8 text of a bounded size. */
public final class RequestBody {
    /** Room for a long conversation, and for a few images in it. */
    static final int MAX_BYTES = 32 << 20;

    /** A client that sends more than that after it was found out reads no answer. */
    private static final long MAX_SKIPPED_BYTES = 256L << 20;

    private RequestBody() {}

    /**
     * @throws HttpFault 413 if the body is too large, 408 if it comes too slowly, 400 if it is not UTF-8
     */
    public static String read(Context context) throws IOException {
        if (context.req().getContentLengthLong() > MAX_BYTES) {
            skipRest(context);
            throw tooLarge();
        }
        byte[] bytes = PacedBody.of(context).readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            skipRest(context);
            throw tooLarge();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpFault(400, ErrorBody.invalid(null, "The body is not UTF-8 text."));
        }
    }

    /**
     * Takes in what the client is still sending, before a refusal: most clients read no answer before they have sent all, and closing
     * on unread bytes resets the connection. One that waits for leave to send (Expect) is answered at once.
     *
     * @throws IOException if the client hung up
     */
    public static void skipRest(Context context) throws IOException {
        if (context.header("Expect") == null) {
            byte[] buffer = new byte[1 << 16];
            try {
                InputStream in = PacedBody.of(context);
                long skipped = 0;
                for (int read = 0; read >= 0 && skipped < MAX_SKIPPED_BYTES; read = in.read(buffer)) {
                    skipped += read;
                }
            } catch (HttpFault tooSlow) {
                // It need not be waited for: it is refused anyway.
                return;
            }
        }
    }

    private static HttpFault tooLarge() {
        return new HttpFault(
                        413,
                        new ErrorBody(
                                "The body is over the limit of " + (MAX_BYTES >> 20) + " MB.",
                                ErrorBody.INVALID_REQUEST,
                                null,
                                "request_too_large"))
                .header("Connection", "close");
    }
}
