package samovar.server.openai;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypeSpec;
import samovar.hub.RepoId;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;
import samovar.runtime.LoadEvent;
import samovar.server.http.ClientConnection;
import samovar.server.http.ClientGone;
import samovar.server.http.EventStream;
import samovar.server.inference.LoadWatch;
import samovar.server.inference.Loading;
import samovar.server.inference.ServedModels;
import samovar.wire.ErrorBody;
import samovar.wire.LoadMessage;
import samovar.wire.WireException;

/** {@code /v1/models}: the list, one model, its plan, and its loading. */
final class ModelRoutes {
    private static final int LOOK_MILLIS = 50;

    private final ServedModels models;
    private final Supplier<Optional<RepoId>> defaultModel;

    ModelRoutes(ServedModels models, Supplier<Optional<RepoId>> defaultModel) {
        this.models = models;
        this.defaultModel = defaultModel;
    }

    void list(Context context) {
        json(context, models.list(defaultModel.get()).toJson());
    }

    /** The id comes as two segments, or as one with its slash escaped, which is how SDKs write it. */
    void one(Context context) {
        json(context, JsonWriter.write(models.entry(id(context)).toMap()));
    }

    void plan(Context context) {
        json(context, models.plan(id(context), dtype(context)).toJson());
    }

    /** Answers with how the loading goes on, as server-sent events; the model stays loaded when the client leaves. */
    void load(Context context) {
        Loading loading = models.load(models.find(id(context), dtype(context)));
        ClientConnection client = ClientConnection.of(context);
        EventStream out = new EventStream(context);
        LoadWatch news = loading.watch();
        try {
            follow(loading, news, client, out);
        } catch (RuntimeException failure) {
            out.fail(failure);
        } finally {
            loading.ignore(news);
            client.release();
        }
    }

    private static void follow(Loading loading, LoadWatch news, ClientConnection client, EventStream out) {
        LoadEvent last = null;
        boolean there = false;
        while (!there || !news.isEmpty()) {
            LoadEvent event = poll(news);
            if (client.isGone()) {
                throw new ClientGone();
            }
            if (event != null) {
                last = event;
                out.send(LoadMessage.write(event));
            }
            there = loading.await(0);
        }
        if (last == null || last.phase() != LoadEvent.Phase.READY) {
            out.send(LoadMessage.write(new LoadEvent(LoadEvent.Phase.READY, "", 0, 0, true)));
        }
    }

    private static LoadEvent poll(LoadWatch news) {
        try {
            return news.next(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGone();
        }
    }

    private static String id(Context context) {
        String org = context.pathParamMap().get("org");
        return org == null ? context.pathParam("id") : org + "/" + context.pathParam("name");
    }

    /** A dtype's name, {@code auto}, or a JSON object from module to name. */
    private static DtypeSpec dtype(Context context) {
        String text = context.queryParam("dtype");
        if (text == null || text.isBlank()) {
            return DtypeSpec.AUTO;
        }
        if (!text.startsWith("{")) {
            return DtypeSpec.of(text);
        }
        try {
            return DtypeSpec.ofJson(Json.parse(text, "dtype"));
        } catch (JsonException | DtypePlanException e) {
            throw new WireException(ErrorBody.invalid("dtype", e.getMessage()));
        }
    }

    private static void json(Context context, String body) {
        context.status(200).contentType("application/json").header("Cache-Control", "no-store");
        context.result(body);
    }
}
