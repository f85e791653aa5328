package samovar.client.worker;

import java.util.Map;
import samovar.dtype.DtypePlan;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;

/**
 * This browser's own places, {@code webgpu} and {@code wasm}, in a worker that is started when first needed, or when that is foreseen.
 * Belongs to one coroutine; loading awaits.
 */
public final class WorkerBackends {
    private final String workerUrl;
    private WorkerLink link;

    /** @param workerUrl of the script that starts {@link WorkerMain}, on the page's origin */
    public WorkerBackends(String workerUrl) {
        this.workerUrl = workerUrl;
    }

    /** Starts the worker, which begins to fetch ONNX Runtime by itself; without effect where one runs. Never awaits. */
    public void start() {
        if (link == null) {
            link = WorkerLink.start(workerUrl);
        }
    }

    /**
     * Loads the model of a plan. A worker holds one model: one that was loaded before must have been closed. A load that fails
     * ends its worker, dead or not: onnxruntime-web may have aborted in it, after which nothing opens there any more.
     *
     * @param cancellation ends loading with a {@link samovar.task.TaskException} of kind LOAD
     * @throws samovar.task.TaskException LOAD or BACKEND_LOST, with what to try
     */
    public WorkerChatBackend load(DtypePlan plan, LoadListener listener, CancellationFlag cancellation) {
        start();
        WorkerLink loading = link;
        try {
            Json answer = loaded(loading, plan, listener, cancellation);
            return new WorkerChatBackend(
                    this, loading, answer.get("context_tokens").asInt());
        } catch (RuntimeException failed) {
            end(loading);
            throw failed;
        }
    }

    /** {@link #load} of a model for pictures. */
    public WorkerCaptionBackend loadCaptions(DtypePlan plan, LoadListener listener, CancellationFlag cancellation) {
        start();
        WorkerLink loading = link;
        try {
            loaded(loading, plan, listener, cancellation);
            return new WorkerCaptionBackend(this, loading);
        } catch (RuntimeException failed) {
            end(loading);
            throw failed;
        }
    }

    /** The worker's word that it has loaded. */
    private static Json loaded(
            WorkerLink loading, DtypePlan plan, LoadListener listener, CancellationFlag cancellation) {
        loading.awaitReady();
        int id = loading.newId();
        Map<String, Object> message = Messages.of(Messages.LOAD, id);
        message.put("plan", plan.toJson());
        loading.send(message);
        while (true) {
            Json answer = loading.next(id, cancellation);
            if (answer.get("type").asString().equals(Messages.LOADED)) {
                return answer;
            }
            listener.on(Messages.progress(answer));
        }
    }

    /** Ends a worker; the next request starts a new one. */
    void end(WorkerLink ended) {
        ended.close();
        if (link == ended) {
            link = null;
        }
    }

    /** Ends the worker with all that it has loaded. Never awaits. */
    public void close() {
        if (link != null) {
            end(link);
        }
    }
}
