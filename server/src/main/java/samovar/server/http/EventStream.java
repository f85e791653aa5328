package samovar.server.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import samovar.wire.SseEvent;

/** Answers with server-sent events, each on its way when the method returns. For the thread of the handler only. */
public final class EventStream {
    private final Context context;
    private ServletOutputStream out;

    public EventStream(Context context) {
        this.context = context;
    }

    /** Whether the answer has begun, so that an error has to go into the stream. */
    public boolean hasBegun() {
        return out != null;
    }

    /**
     * @throws ClientGone if the client hung up
     */
    public void send(String data) {
        send(new SseEvent("message", data));
    }

    /**
     * @throws ClientGone if the client hung up
     */
    public void send(SseEvent event) {
        try {
            if (out == null) {
                context.status(200).contentType("text/event-stream; charset=utf-8");
                context.header("Cache-Control", "no-cache");
                context.header("X-Accel-Buffering", "no");
                out = context.res().getOutputStream();
            }
            out.write(event.toText().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new ClientGone();
        }
    }
}
