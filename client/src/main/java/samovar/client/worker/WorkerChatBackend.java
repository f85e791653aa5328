package samovar.client.worker;

import java.util.Map;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationListener;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.task.ChatBackend;
import samovar.task.ChatRequest;
import samovar.task.TaskException;
import samovar.wire.ChatCompletionRequest;

/** A model that was loaded into the worker, as the page talks to it. Closing it ends the worker, which frees all memory. */
public final class WorkerChatBackend implements ChatBackend {
    private final WorkerBackends backends;
    private final WorkerLink link;
    private final int contextTokens;
    private boolean closed;

    WorkerChatBackend(WorkerBackends backends, WorkerLink link, int contextTokens) {
        this.backends = backends;
        this.link = link;
        this.contextTokens = contextTokens;
    }

    /** Most tokens of prompt and answer together. */
    public int contextTokens() {
        return contextTokens;
    }

    @Override
    public GenerationEvent.Finished chat(
            ChatRequest request, GenerationListener listener, CancellationFlag cancellation) {
        if (closed) {
            throw new TaskException(TaskException.Kind.CLOSED, "this model was closed", "Load it again.");
        }
        int id = link.newId();
        Map<String, Object> message = Messages.of(Messages.CHAT, id);
        message.put("request", Json.parse(body(request), "request"));
        link.send(message);
        while (true) {
            Json answer = link.next(id, cancellation);
            if (answer.get("type").asString().equals(Messages.FINISHED)) {
                GenerationEvent.Finished finished = Messages.finished(answer);
                listener.on(finished);
                return finished;
            }
            listener.on(Messages.delta(answer));
        }
    }

    private static String body(ChatRequest request) {
        return new ChatCompletionRequest(
                        request.model(),
                        DtypeSpec.AUTO,
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
        if (!closed) {
            closed = true;
            backends.end(link);
        }
    }
}
