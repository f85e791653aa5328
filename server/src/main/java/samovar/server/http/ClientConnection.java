package samovar.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;

/**
 * The connection under one request, to be asked whether the client still is there. While a handler runs, Jetty reads nothing from
 * the connection, and a hang-up shows only when a write fails, which in the middle of a long prompt or a reply that is not streamed
 * is far too late. So the handler's own thread looks, with a read that does not block.
 *
 * <p>A client that already sent its next request on the same connection (pipelining, which no current client does) loses it: the
 * connection is closed after this answer, and HTTP has such a client ask again.
 *
 * <p>For the thread of the handler only, after the request's body was read.
 */
public final class ClientConnection {
    private final EndPoint endPoint;
    private boolean pipelined;

    private ClientConnection(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    public static ClientConnection of(Context context) {
        return new ClientConnection(ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint());
    }

    /** Whether the client closed the connection, or its half of it. */
    public boolean isGone() {
        if (!endPoint.isOpen()) {
            return true;
        }
        if (pipelined || !(endPoint instanceof SocketChannelEndPoint socket)) {
            return false;
        }
        SocketChannel channel = socket.getChannel();
        try {
            int read = channel.read(ByteBuffer.allocate(1));
            pipelined = read > 0;
            return read < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** To be called when the answer is written. */
    public void release() {
        if (pipelined) {
            endPoint.close();
        }
    }
}
