package samovar.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The connection under one request, to be asked whether the client still is there. While a handler runs, Jetty reads nothing from
 * the connection, and a hang-up shows only when a write fails, which in the middle of a long prompt or a reply that is not streamed
 * is far too late. So the handler's own thread looks, with a read that does not block.
 *
 * <p>A client that already sent its next request on the same connection (pipelining, which no current client does) loses it: the
 * connection is closed when this answer is written, and HTTP has such a client ask again.
 *
 * <p>For the thread of the handler only, after the request's body was read.
 */
public final class ClientConnection {
    private static final int DRAINED_BYTES = 1 << 16;

    private final Context context;
    private final EndPoint endPoint;
    private boolean pipelined;

    private ClientConnection(Context context, EndPoint endPoint) {
        this.context = context;
        this.endPoint = endPoint;
    }

    public static ClientConnection of(Context context) {
        return new ClientConnection(
                context,
                ServletContextRequest.getServletContextRequest(context.req())
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint());
    }

    /** Whether the client closed the connection, or its half of it. */
    public boolean isGone() {
        if (!endPoint.isOpen()) {
            return true;
        }
        if (pipelined) {
            return false;
        }
        try {
            int read = read();
            pipelined = read > 0;
            return read < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Takes a byte if there is one. Under TLS it has to be decrypted, and the news that the client leaves is a message of its own. */
    private int read() throws IOException {
        return endPoint instanceof SocketChannelEndPoint socket
                ? socket.getChannel().read(ByteBuffer.allocate(1))
                : endPoint.fill(BufferUtil.allocate(1));
    }

    /** Ends the connection in the middle of the answer. */
    void cut() {
        endPoint.close();
    }

    /** To be called when the handler is done. Where a request was lost, the connection ends after the whole answer. */
    public void release() {
        if (!pipelined) {
            return;
        }
        if (!context.res().isCommitted()) {
            context.header("Connection", "close");
        }
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()), failure -> closeAfterAnswer());
    }

    /** Takes what the client sent already: closing on unread bytes resets the connection, and the answer could be lost with it. */
    private void closeAfterAnswer() {
        try {
            if (endPoint instanceof SocketChannelEndPoint socket) {
                socket.getChannel().read(ByteBuffer.allocate(DRAINED_BYTES));
            }
        } catch (IOException gone) {
            // Nobody is left who could miss the answer.
            return;
        } finally {
            endPoint.close();
        }
    }
}
