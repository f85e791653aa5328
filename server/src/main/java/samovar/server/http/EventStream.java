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

    /**
     * Ends the answer with a failure: thrown on where nothing was sent; else, since the status is long sent, as an event where
     * the next one would have gone.
     */
    public void fail(RuntimeException failure) {
        if (out == null || failure instanceof ClientGone) {
            throw failure;
        }
        send(ErrorMapper.midAnswer(failure, context).toJson());
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
