package samovar.server.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import samovar.wire.ErrorBody;

/**
 * A request's body, given up when it comes more slowly than any network that somebody would use: such a client holds a thread on
 * purpose. For the thread of the handler only.
 */
final class PacedBody extends FilterInputStream {
    private static final int LEAST_BYTES_PER_SECOND = 512;
    private static final long GRACE_SECONDS = 8;
    private static final String ATTRIBUTE = PacedBody.class.getName();

    private final long start = System.nanoTime();
    private long bytes;

    private PacedBody(InputStream body) {
        super(body);
    }

    /** The same for all who read from one request. */
    static PacedBody of(Context context) throws IOException {
        PacedBody known = context.attribute(ATTRIBUTE);
        if (known == null) {
            known = new PacedBody(context.req().getInputStream());
            context.attribute(ATTRIBUTE, known);
        }
        return known;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * @throws HttpFault 408 if too little came so far
     */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        checkPace();
        int read = in.read(buffer, offset, length);
        bytes += Math.max(0, read);
        return read;
    }

    private void checkPace() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        if (seconds > GRACE_SECONDS && bytes < seconds * LEAST_BYTES_PER_SECOND) {
            throw new HttpFault(
                            408,
                            new ErrorBody(
                                    "The body came too slowly: " + bytes + " bytes in " + seconds + " s.",
                                    ErrorBody.INVALID_REQUEST,
                                    null,
                                    "request_timeout"))
                    .header("Connection", "close");
        }
    }
}
