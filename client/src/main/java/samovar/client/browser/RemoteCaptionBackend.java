package samovar.client.browser;

import java.util.Map;
import org.teavm.jso.JSObject;
import org.teavm.jso.streams.ReadableStreamDefaultReader;
import org.teavm.jso.streams.ReadableStreamReadResult;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.client.js.Abort;
import samovar.client.js.Await;
import samovar.client.js.Forms;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationListener;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionBackend;
import samovar.task.CaptionRequest;
import samovar.task.TaskException;
import samovar.wire.CaptionForm;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;
import samovar.wire.WireException;

/**
 * A model for pictures on a server of ours. One picture at a time. Cancelling closes the connection, which ends the run on the server.
 */
public final class RemoteCaptionBackend implements CaptionBackend {
    private final String url;
    private final DtypeSpec dtype;
    private boolean closed;

    /**
     * @param baseUrl of the server; empty for the page's own origin
     * @param dtype which weights, where the server has not loaded the model yet
     */
    public RemoteCaptionBackend(String baseUrl, DtypeSpec dtype) {
        this.url = baseUrl + "/v1/captions";
        this.dtype = dtype;
    }

    @Override
    public CaptionAnswer caption(CaptionRequest request, GenerationListener listener, CancellationFlag cancellation) {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, "this backend was closed", "Choose the model again.");
        }
        Abort abort = Abort.create();
        RemoteCaption caption = new RemoteCaption(request, listener);
        try {
            JSObject init = ByteStreams.initPostForm(form(request), abort.getSignal());
            Response response = Waiting.orCancelled(Globals.fetch(url, init), cancellation);
            if (response == null) {
                return caption.cancelled();
            }
            if (!response.isOk()) {
                throw RemoteFaults.refused(
                        response.getStatus(), Await.of(response.text()).stringValue());
            }
            return read(response.getBody().getReader(), caption, cancellation);
        } catch (JsFault fault) {
            throw RemoteFaults.broken(fault.getMessage(), caption.hasBegun(), fault);
        } catch (WireException fault) {
            throw RemoteFaults.ofBody(200, fault.body());
        } finally {
            abort.abort();
        }
    }

    private JSObject form(CaptionRequest request) {
        CaptionForm fields =
                new CaptionForm(request.model(), dtype, request.task(), request.input(), request.settings(), true);
        JSObject form = Forms.create();
        for (Map.Entry<String, String> field : fields.toFields().entrySet()) {
            Forms.add(form, field.getKey(), field.getValue());
        }
        Forms.addFile(form, CaptionForm.FILE, Int8Array.copyFromJavaArray(request.image()));
        return form;
    }

    private static CaptionAnswer read(
            ReadableStreamDefaultReader reader, RemoteCaption caption, CancellationFlag cancellation) {
        SseReader events = new SseReader();
        JSObject decoder = ByteStreams.textDecoder();
        while (true) {
            ReadableStreamReadResult piece = Waiting.orCancelled(reader.read(), cancellation);
            if (piece == null) {
                return caption.cancelled();
            }
            if (piece.isDone()) {
                throw RemoteFaults.broken("the stream ended early", caption.hasBegun(), null);
            }
            for (SseEvent event : events.add(ByteStreams.decode(decoder, piece))) {
                if (event.isDone()) {
                    return caption.finished();
                }
                caption.add(event);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
