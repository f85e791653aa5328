package samovar.client.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.streams.ReadableStreamDefaultReader;
import org.teavm.jso.streams.ReadableStreamReadResult;
import samovar.client.js.Abort;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.platform.CancellationFlag;
import samovar.task.ChatBackend;
import samovar.task.ChatRequest;
import samovar.task.TaskException;
import samovar.wire.ChatCompletionRequest;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;
import samovar.wire.WireException;

/**
 * A model on a server that speaks OpenAI's API. One turn at a time. Cancelling closes the connection, which ends the run on the server.
 */
public final class RemoteChatBackend implements ChatBackend {
    private final String url;
    private final DtypeSpec dtype;
    private boolean closed;

    /**
     * @param baseUrl of the server; empty for the page's own origin
     * @param dtype which weights, where the server has not loaded the model yet
     */
    public RemoteChatBackend(String baseUrl, DtypeSpec dtype) {
        this.url = baseUrl + "/v1/chat/completions";
        this.dtype = dtype;
    }

    @Override
    public GenerationEvent.Finished chat(
            ChatRequest request, GenerationListener listener, CancellationFlag cancellation) {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, "this backend was closed", "Choose the model again.");
        }
        Abort abort = Abort.create();
        RemoteTurn turn = new RemoteTurn(request.model(), listener);
        try {
            JSObject init = ByteStreams.initPost(body(request), abort.getSignal());
            Response response = Waiting.orCancelled(Globals.fetch(url, init), cancellation);
            if (response == null) {
                return turn.cancelled();
            }
            if (!response.isOk()) {
                throw RemoteFaults.refused(
                        response.getStatus(), Await.of(response.text()).stringValue());
            }
            return read(response.getBody().getReader(), turn, cancellation);
        } catch (JsFault fault) {
            throw RemoteFaults.broken(fault.getMessage(), turn.hasBegun(), fault);
        } catch (WireException fault) {
            throw RemoteFaults.ofBody(200, fault.body());
        } finally {
            abort.abort();
        }
    }

    private static GenerationEvent.Finished read(
            ReadableStreamDefaultReader reader, RemoteTurn turn, CancellationFlag cancellation) {
        SseReader events = new SseReader();
        JSObject decoder = ByteStreams.textDecoder();
        while (true) {
            ReadableStreamReadResult piece = Waiting.orCancelled(reader.read(), cancellation);
            if (piece == null) {
                return turn.cancelled();
            }
            if (piece.isDone()) {
                throw RemoteFaults.broken("the stream ended early", turn.hasBegun(), null);
            }
            for (SseEvent event : events.add(ByteStreams.decode(decoder, piece))) {
                if (event.isDone()) {
                    return turn.finished();
                }
                turn.add(event);
            }
        }
    }

    private String body(ChatRequest request) {
        return new ChatCompletionRequest(
                        request.model(),
                        dtype,
                        request.messages(),
                        request.settings(),
                        request.tools(),
                        request.templateExtras(),
                        true,
                        true,
                        true)
                .toJson();
    }

    @Override
    public void close() {
        closed = true;
    }
}
