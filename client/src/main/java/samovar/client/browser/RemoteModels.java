package samovar.client.browser;

import java.util.List;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.streams.ReadableStreamDefaultReader;
import org.teavm.jso.streams.ReadableStreamReadResult;
import samovar.client.js.Abort;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.dtype.DtypeSpec;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.task.TaskException;
import samovar.wire.LoadMessage;
import samovar.wire.ModelList;
import samovar.wire.ModelPlan;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;
import samovar.wire.WireException;

/** What a server of ours has: its models, its plans, and the loading of one. All methods await. */
public final class RemoteModels {
    private final String base;

    /** @param baseUrl of the server; empty for the page's own origin */
    public RemoteModels(String baseUrl) {
        this.base = baseUrl + "/v1/models";
    }

    /**
     * The server's models, the one to begin with first; those of the last visit where it does not answer.
     *
     * @throws TaskException BACKEND_LOST and the kinds of a refusal
     */
    public List<ModelList.Entry> list() {
        ModelCache cache = new ModelCache();
        try {
            Json answer = get(base);
            cache.keep(base, JSString.valueOf(JsonWriter.write(answer.raw())));
            return ModelList.ofJson(answer).models();
        } catch (TaskException away) {
            // Without its server a page goes on with what it was told last.
            Response kept = away.kind() == TaskException.Kind.BACKEND_LOST ? cache.find(base) : null;
            if (kept == null) {
                throw away;
            }
            return ModelList.ofJson(Json.parse(text(kept), base)).models();
        }
    }

    private static String text(Response response) {
        try {
            return Await.of(response.text()).stringValue();
        } catch (JsFault fault) {
            throw RemoteFaults.broken(fault.getMessage(), false, fault);
        }
    }

    /**
     * What the server's CPU would use for a model, or all that stands against it. No weights move.
     *
     * @throws TaskException UNKNOWN_MODEL, BACKEND_LOST and the kinds of a refusal
     */
    public ModelPlan plan(RepoId model, DtypeSpec spec) {
        String query = query(spec);
        return ModelPlan.ofJson(get(base + "/" + model + "/plan" + query));
    }

    /** A name, or a JSON object from module to name. */
    private static String query(DtypeSpec spec) {
        String asked = spec.perModule().isEmpty() ? spec.all() : JsonWriter.write(spec.perModule());
        return spec.isAuto() ? "" : "?dtype=" + HubUrls.encode(asked);
    }

    /**
     * Makes a model ready on the server; at once where it is already.
     *
     * @throws TaskException LOAD if cancelled, BACKEND_LOST and the kinds of a refusal
     */
    public void load(RepoId model, DtypeSpec spec, LoadListener listener, CancellationFlag cancellation) {
        String query = query(spec);
        Abort abort = Abort.create();
        try {
            JSObject init = ByteStreams.initPost("{}", abort.getSignal());
            Response response = wait(Globals.fetch(base + "/" + model + "/load" + query, init), model, cancellation);
            if (!response.isOk()) {
                throw RemoteFaults.refused(
                        response.getStatus(), Await.of(response.text()).stringValue());
            }
            follow(response.getBody().getReader(), model, listener, cancellation);
        } catch (JsFault fault) {
            throw RemoteFaults.broken(fault.getMessage(), false, fault);
        } catch (WireException fault) {
            throw RemoteFaults.ofBody(200, fault.body());
        } finally {
            abort.abort();
        }
    }

    private static void follow(
            ReadableStreamDefaultReader reader, RepoId model, LoadListener listener, CancellationFlag cancellation) {
        SseReader events = new SseReader();
        JSObject decoder = ByteStreams.textDecoder();
        while (true) {
            ReadableStreamReadResult piece = wait(reader.read(), model, cancellation);
            if (piece.isDone()) {
                throw RemoteFaults.broken("it ended the stream before " + model + " was loaded", false, null);
            }
            for (SseEvent event : events.add(ByteStreams.decode(decoder, piece))) {
                LoadEvent told = LoadMessage.read(Json.parse(event.data(), "loading"));
                listener.on(told);
                if (told.phase() == LoadEvent.Phase.READY) {
                    return;
                }
            }
        }
    }

    private static <T extends JSObject> T wait(JSPromise<T> promise, RepoId model, CancellationFlag cancellation) {
        T value = Waiting.orCancelled(promise, cancellation);
        if (value == null) {
            throw new TaskException(TaskException.Kind.LOAD, "loading " + model + " was cancelled", "");
        }
        return value;
    }

    private static Json get(String url) {
        Response response;
        String body;
        try {
            response = Await.of(Globals.fetch(url, null));
            body = Await.of(response.text()).stringValue();
        } catch (JsFault fault) {
            throw RemoteFaults.broken(fault.getMessage(), false, fault);
        }
        if (!response.isOk()) {
            throw RemoteFaults.refused(response.getStatus(), body);
        }
        return Json.parse(body, url);
    }
}
