package samovar.server.openai;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import samovar.hub.RepoId;
import samovar.server.http.AccessRule;
import samovar.server.http.HttpFault;
import samovar.server.http.RequestBody;
import samovar.server.http.UploadBudget;
import samovar.server.inference.ServedModels;

/** All routes under {@code /v1}, behind the check who may use them. */
public final class ApiRoutes {
    /** Where to go instead, for who asked an address that is not there. */
    public static final String ADDRESSES =
            "The API has POST /v1/chat/completions, POST /v1/captions and GET /v1/models; the page is at /.";

    /** The page's files are looked up under every address, so these would be addresses that are not there. */
    private static final List<String> POST_ONLY =
            List.of("/v1/chat/completions", "/v1/captions", "/v1/models/{org}/{name}/load");

    private final AccessRule access;
    private final Turns turns;
    private final ChatCompletions completions;
    private final CaptionRoute captions;
    private final ModelRoutes modelRoutes;

    /**
     * @param uploads what pictures on their way may hold together
     * @param defaultModel the one to begin with; known when the server has looked at its model folders
     */
    public ApiRoutes(
            AccessRule access, ServedModels models, UploadBudget uploads, Supplier<Optional<RepoId>> defaultModel) {
        this.access = access;
        this.turns = new Turns(models);
        this.completions = new ChatCompletions(models, turns);
        this.captions = new CaptionRoute(models, turns, uploads);
        this.modelRoutes = new ModelRoutes(models, defaultModel);
    }

    public void install(JavalinConfig config) {
        config.routes.before("/v1/*", this::check);
        config.routes.post("/v1/chat/completions", completions::answer);
        config.routes.post("/v1/captions", captions::answer);
        for (String path : POST_ONLY) {
            for (HandlerType other : List.of(HandlerType.GET, HandlerType.HEAD, HandlerType.PUT, HandlerType.DELETE)) {
                config.routes.addHttpHandler(other, path, ApiRoutes::refuseMethod);
            }
        }
        config.routes.get("/v1/models", modelRoutes::list);
        config.routes.get("/v1/models/{org}/{name}/plan", modelRoutes::plan);
        config.routes.post("/v1/models/{org}/{name}/load", modelRoutes::load);
        config.routes.get("/v1/models/{org}/{name}", modelRoutes::one);
        config.routes.get("/v1/models/{id}", modelRoutes::one);
    }

    private static void refuseMethod(Context context) {
        throw HttpFault.methodNotAllowed(context.method() + " " + context.path(), "POST");
    }

    /** How many answers are being written. */
    public int underWay() {
        return turns.underWay();
    }

    private void check(Context context) throws IOException {
        // A preflight asks on behalf of a foreign page; without CORS headers in the answer the browser takes it for a
        // no.
        if (!context.method().equals(HandlerType.OPTIONS)) {
            try {
                access.check(context);
            } catch (HttpFault refused) {
                RequestBody.skipRest(context);
                throw refused;
            }
        }
    }
}
