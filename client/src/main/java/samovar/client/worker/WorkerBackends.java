package samovar.client.worker;

import java.util.Map;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypeSpec;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;

/**
 * This browser's own places, {@code webgpu} and {@code wasm}, in a worker that is started when first needed. Belongs to one
 * coroutine; all methods but {@link #close} await.
 */
public final class WorkerBackends {
    private final String workerUrl;
    private WorkerLink link;
    private DeviceCapabilities capabilities;

    /** @param workerUrl of the script that starts {@link WorkerMain}, on the page's origin */
    public WorkerBackends(String workerUrl) {
        this.workerUrl = workerUrl;
    }

    /** What this browser offers; probed once. */
    public DeviceCapabilities capabilities() {
        if (capabilities == null) {
            Json answer = ask(Messages.of(Messages.PROBE, link().newId()));
            capabilities = Messages.capabilities(answer);
        }
        return capabilities;
    }

    /**
     * What would be loaded. No weights move.
     *
     * @throws samovar.dtype.DtypePlanException with all faults at once
     * @throws samovar.task.TaskException UNKNOWN_MODEL, UNSUPPORTED_MODEL, LOAD or BACKEND_LOST
     */
    public DtypePlan plan(String modelId, DtypeSpec spec, Device device) {
        Map<String, Object> message = Messages.of(Messages.PLAN, link().newId());
        message.put("model", modelId);
        message.put("device", device.label());
        if (!spec.isAuto()) {
            message.put("dtype", spec.perModule().isEmpty() ? spec.all() : spec.perModule());
        }
        return DtypePlan.ofJson(ask(message).get("plan"));
    }

    /**
     * Loads the model of a plan. A worker holds one model: one that was loaded before must have been closed.
     *
     * @param cancellation ends loading with a {@link samovar.task.TaskException} of kind LOAD
     * @throws samovar.task.TaskException LOAD or BACKEND_LOST, with what to try
     */
    public WorkerChatBackend load(DtypePlan plan, LoadListener listener, CancellationFlag cancellation) {
        WorkerLink loading = link();
        int id = loading.newId();
        Map<String, Object> message = Messages.of(Messages.LOAD, id);
        message.put("plan", plan.toJson());
        loading.send(message);
        while (true) {
            Json answer = loading.next(id, cancellation);
            if (answer.get("type").asString().equals(Messages.LOADED)) {
                return new WorkerChatBackend(
                        this, loading, answer.get("context_tokens").asInt());
            }
            listener.on(Messages.progress(answer));
        }
    }

    private Json ask(Map<String, Object> message) {
        link().send(message);
        return link().next((Integer) message.get("id"), new CancellationFlag());
    }

    private WorkerLink link() {
        if (link == null) {
            link = WorkerLink.start(workerUrl);
        }
        return link;
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
