package samovar.client.worker;

import java.util.Map;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.client.js.PageWorker;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.task.TaskException;

/** The page's end of one worker: one request at a time, its answers in order. */
final class WorkerLink {
    /** How soon a raised flag is seen while the worker is silent. */
    private static final int POLL_MILLIS = 20;

    private static final int START_MILLIS = 30_000;

    private final PageWorker worker;
    private final Inbox inbox = new Inbox();
    private int lastId;
    private boolean cancelSent;
    private String death;
    private boolean listens;

    private WorkerLink(PageWorker worker) {
        this.worker = worker;
    }

    /** Starts a worker, which does not listen at once. Never awaits. */
    static WorkerLink start(String url) {
        WorkerLink link = new WorkerLink(PageWorker.start(url));
        PageWorker.listen(link.worker, link.inbox::add, link::die);
        return link;
    }

    /**
     * Waits until the worker listens. Awaits.
     *
     * @throws TaskException BACKEND_LOST if it does not start
     */
    void awaitReady() {
        if (listens) {
            return;
        }
        String first = inbox.takeWithin(START_MILLIS);
        if (first == null || death != null) {
            throw lost(first == null ? "it did not start within " + START_MILLIS / 1000 + " seconds" : death);
        }
        listens = true;
    }

    /** Called by JavaScript. An empty text wakes whoever waits. The first reason is the true one: what follows comes of it. */
    private void die(String reason) {
        if (death == null) {
            death = reason;
        }
        inbox.add("");
    }

    /** Sends a request, whose answers {@link #next} gives. */
    void send(Map<String, Object> message) {
        if (death != null) {
            throw lost(death);
        }
        cancelSent = false;
        worker.postMessage(Messages.text(message));
    }

    /** Sends a request with bytes beside it. */
    void send(Map<String, Object> message, byte[] bytes) {
        if (death != null) {
            throw lost(death);
        }
        cancelSent = false;
        PageWorker.post(worker, Messages.text(message), Int8Array.copyFromJavaArray(bytes));
    }

    int newId() {
        return ++lastId;
    }

    /**
     * The next answer to this request; asks the worker to cancel it as soon as the flag is raised. Awaits.
     *
     * @throws TaskException what the worker sends as an error, or BACKEND_LOST
     * @throws samovar.dtype.DtypePlanException what the worker sends as one
     */
    Json next(int id, CancellationFlag cancellation) {
        while (true) {
            if (cancellation.isRaised() && !cancelSent) {
                cancelSent = true;
                worker.postMessage(Messages.text(Messages.of(Messages.CANCEL, id)));
            }
            String text = cancelSent ? inbox.take().text() : inbox.takeWithin(POLL_MILLIS);
            if (death != null) {
                throw lost(death);
            }
            if (text != null) {
                Json answer = Json.parse(text, "worker");
                if (answer.get("id").asInt() == id) {
                    return checked(answer);
                }
            }
        }
    }

    private static Json checked(Json answer) {
        String type = answer.get("type").asString();
        if (type.equals(Messages.ERROR)) {
            throw Messages.error(answer);
        }
        if (type.equals(Messages.PLAN_ERROR)) {
            throw Messages.planError(answer);
        }
        return answer;
    }

    private TaskException lost(String reason) {
        return new TaskException(
                TaskException.Kind.BACKEND_LOST,
                "the worker that runs models in this browser is gone: " + reason,
                "Load the model again, or let the server answer.");
    }

    /** Ends the worker and frees all it holds. Never awaits. */
    void close() {
        worker.terminate();
        die("it was closed");
    }
}
