package samovar.client.worker;

import java.util.Map;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationListener;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionBackend;
import samovar.task.CaptionRequest;
import samovar.task.TaskException;
import samovar.wire.CaptionForm;

/**
 * A model for pictures that was loaded into the worker, as the page talks to it. The picture is decoded there too. Closing it ends
 * the worker, which frees all memory.
 */
public final class WorkerCaptionBackend implements CaptionBackend {
    private final WorkerBackends backends;
    private final WorkerLink link;
    private boolean closed;

    WorkerCaptionBackend(WorkerBackends backends, WorkerLink link) {
        this.backends = backends;
        this.link = link;
    }

    @Override
    public CaptionAnswer caption(CaptionRequest request, GenerationListener listener, CancellationFlag cancellation) {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, "this model was closed", "Load it again.");
        }
        CaptionForm form = new CaptionForm(
                request.model(), DtypeSpec.AUTO, request.task(), request.input(), request.settings(), true);
        int id = link.newId();
        Map<String, Object> message = Messages.of(Messages.CAPTION, id);
        message.put("form", form.toFields());
        link.send(message, request.image());
        while (true) {
            Json answer = link.next(id, cancellation);
            if (answer.get("type").asString().equals(Messages.FINISHED)) {
                CaptionAnswer caption = Messages.caption(answer);
                listener.on(caption.finished());
                return caption;
            }
            listener.on(Messages.delta(answer));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            backends.end(link);
        }
    }
}
