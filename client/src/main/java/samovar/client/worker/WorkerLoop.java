package samovar.client.worker;

import java.util.Map;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.client.browser.AdapterProbe;
import samovar.client.browser.BrowserPipelines;
import samovar.client.browser.WeightStore;
import samovar.client.js.WorkerScope;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypeSpec;
import samovar.hub.HubUrls;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.task.PipelineOptions;
import samovar.task.Pipelines;
import samovar.task.TaskException;

/**
 * Answers the page's requests one after the other, on the one coroutine that awaits. A {@code cancel} is acted on as it comes in, in
 * the callback itself. A worker holds one model; the page ends the worker to free it.
 */
final class WorkerLoop {
    /** Posts a text to the page. Never awaits. */
    interface Outbox {
        void post(String text);
    }

    private final HubUrls hub;
    private final WeightStore weights;
    private final LoadedModel.Opener opener;
    private final Outbox outbox;
    private final Inbox inbox = new Inbox();
    private Pipelines pipelines;
    private LoadedModel model = LoadedModel.NONE;
    private int currentId = -1;
    private CancellationFlag current = new CancellationFlag();

    WorkerLoop(HubUrls hub, WeightStore weights, LoadedModel.Opener opener, Outbox outbox) {
        this.hub = hub;
        this.weights = weights;
        this.opener = opener;
        this.outbox = outbox;
    }

    /** Serves until the worker is ended. */
    void run() {
        WorkerScope.onMessage(this::receive);
        post(Messages.of(Messages.READY, -1));
        while (true) {
            Letter letter = inbox.take();
            Json request = Json.parse(letter.text(), "message");
            currentId = request.get("id").asInt();
            current = new CancellationFlag();
            answer(request, letter.bytes());
        }
    }

    private void receive(String text, Int8Array bytes) {
        if (text.startsWith("{\"type\":\"" + Messages.CANCEL)) {
            cancel(Json.parse(text, "message").get("id").asInt());
        } else {
            inbox.add(new Letter(text, bytes == null ? null : bytes.copyToJavaArray()));
        }
    }

    private void cancel(int id) {
        if (id == currentId) {
            current.raise();
            weights.cancel();
        }
    }

    private void answer(Json request, byte[] bytes) {
        try {
            handle(request, bytes);
        } catch (DtypePlanException e) {
            post(Messages.planError(currentId, e));
        } catch (RuntimeException e) {
            post(Messages.error(currentId, WorkerFaults.asTaskException(e)));
        }
    }

    private void handle(Json request, byte[] bytes) {
        String type = request.get("type").asString();
        switch (type) {
            case Messages.PROBE -> post(Messages.capabilities(currentId, capabilities()));
            case Messages.PLAN -> plan(request);
            case Messages.LOAD -> load(DtypePlan.ofJson(request.get("plan")));
            case Messages.CHAT, Messages.CAPTION -> model.answer(request, bytes, new Posting(currentId), current);
            default -> throw request.get("type").fault("unknown request " + type);
        }
    }

    private DeviceCapabilities capabilities() {
        return pipelines().ports().capabilities();
    }

    private Pipelines pipelines() {
        if (pipelines == null) {
            pipelines = new Pipelines(BrowserPipelines.ports(hub, weights, AdapterProbe.probe()));
        }
        return pipelines;
    }

    private void plan(Json request) {
        PipelineOptions options = PipelineOptions.dtype(DtypeSpec.ofOptions(request))
                .device(request.get("device").asString("auto"));
        DtypePlan plan = pipelines().plan(request.get("model").asString(), options);
        Map<String, Object> message = Messages.of(Messages.PLAN, currentId);
        message.put("plan", plan.toJson());
        post(message);
    }

    private void load(DtypePlan plan) {
        model.close();
        model = LoadedModel.NONE;
        int id = currentId;
        weights.cancelledBy(current);
        LoadListener told = event -> post(Messages.progress(id, event));
        told.on(new LoadEvent(LoadEvent.Phase.LISTING, "", 0, 0, false));
        LoadedModel loaded = opener.open(pipelines().ports(), plan, told);
        if (current.isRaised()) {
            loaded.close();
            throw new TaskException(TaskException.Kind.LOAD, "loading " + plan.repo() + " was cancelled", "");
        }
        model = loaded;
        weights.forgetOtherCommits(plan.repo(), plan.commit());
        Map<String, Object> message = Messages.of(Messages.LOADED, id);
        message.put("context_tokens", loaded.contextTokens());
        post(message);
    }

    /** Replies to one request, whatever comes after it. */
    private final class Posting implements Replies {
        private final int request;

        Posting(int request) {
            this.request = request;
        }

        @Override
        public int id() {
            return request;
        }

        @Override
        public void post(Map<String, Object> message) {
            WorkerLoop.this.post(message);
        }
    }

    private void post(Map<String, Object> message) {
        outbox.post(Messages.text(message));
    }
}
