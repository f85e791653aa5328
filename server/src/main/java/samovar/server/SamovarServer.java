package samovar.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.dtype.DtypeSpec;
import samovar.hub.RepoId;
import samovar.json.JsonWriter;
import samovar.jvm.JvmPipelines;
import samovar.jvm.hub.HubFiles;
import samovar.server.http.AccessRule;
import samovar.server.http.HttpSetup;
import samovar.server.http.RequestMeters;
import samovar.server.http.StaticSite;
import samovar.server.http.UploadBudget;
import samovar.server.inference.Loading;
import samovar.server.inference.ServedModels;
import samovar.server.mirror.MirrorMeters;
import samovar.server.mirror.MirrorRoutes;
import samovar.server.openai.ApiRoutes;
import samovar.server.tls.TlsIdentity;
import samovar.task.TaskException;

/** The running server. Whoever starts it closes it. */
public final class SamovarServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SamovarServer.class);

    private static final long LAST_WORDS_NANOS = 2_000_000_000L;

    private final ServerConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MirrorMeters mirrorMeters = new MirrorMeters(registry);
    private final HubFiles files;
    private final ServedModels models;
    private final StaticSite site = new StaticSite(SamovarServer.class.getClassLoader(), ApiRoutes.ADDRESSES);
    private final Javalin javalin;
    private ApiRoutes api;
    private Optional<RepoId> defaultModel = Optional.empty();
    private volatile Optional<Loading> first = Optional.empty();
    private volatile String firstFailure = "";

    private SamovarServer(ServerConfig config) {
        this.config = config;
        this.files = JvmPipelines.files(config.models(), mirrorMeters);
        ServedModels.Limits limits = new ServedModels.Limits(
                config.inference().queueLength(),
                config.inference().memoryBytes(),
                config.models().threads() == 1 ? "1 thread" : config.models().threads() + " threads");
        this.models = new ServedModels(JvmPipelines.ports(config.models(), files), files, limits, registry);
        this.javalin = Javalin.create(this::configure);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /**
     * Starts listening, and the loading of the default model behind it.
     *
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public static SamovarServer start(ServerConfig config) {
        SamovarServer server = new SamovarServer(config);
        try {
            server.defaultModel = server.models.defaultModel(config.inference().defaultModel());
            server.javalin.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        server.loadFirst();
        return server;
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        HttpSetup.apply(
                javalinConfig,
                config.network().host(),
                config.network().port(),
                config.network().tls().map(TlsIdentity::contextFactory));
        AccessRule access = new AccessRule(
                config.network().host(),
                config.network().apiKey(),
                config.models().token());
        UploadBudget uploads = UploadBudget.ofHeap();
        registry.gauge("samovar.uploads.held.bytes", uploads, UploadBudget::heldBytes);
        api = new ApiRoutes(access, models, uploads, () -> defaultModel);
        api.install(javalinConfig);
        new MirrorRoutes(files, access, mirrorMeters).install(javalinConfig);
        new RequestMeters(registry).install(javalinConfig);
        javalinConfig.routes.get("/health", this::health);
        javalinConfig.routes.get("/metrics", this::metrics);
        site.install(javalinConfig);
    }

    private void loadFirst() {
        if (defaultModel.isEmpty()) {
            return;
        }
        try {
            first = Optional.of(models.load(models.find(defaultModel.get().toString(), DtypeSpec.AUTO)));
        } catch (TaskException e) {
            LOG.warn("the default model cannot be loaded: {}", e.getMessage());
            firstFailure = e.getMessage();
        }
    }

    public String url() {
        String host = config.network().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        String name = any || host.equals("127.0.0.1") || host.equals("::1") ? "localhost" : host;
        String scheme = config.network().tls().isPresent() ? "https" : "http";
        return scheme + "://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + javalin.port();
    }

    public int port() {
        return javalin.port();
    }

    public boolean hasPage() {
        return site.exists();
    }

    public Optional<RepoId> defaultModel() {
        return defaultModel;
    }

    /**
     * Waits for the default model; at once where there is none.
     *
     * @throws TaskException if it could not be loaded
     */
    public void awaitDefaultModel() {
        if (!firstFailure.isEmpty()) {
            throw new TaskException(TaskException.Kind.LOAD, firstFailure, "");
        }
        while (first.isPresent() && !first.get().await(1000)) {
            LOG.debug("the default model is still on its way");
        }
    }

    private void health(Context context) {
        Map<String, Object> body = new LinkedHashMap<>();
        int status = 503;
        try {
            if (!firstFailure.isEmpty()) {
                throw new TaskException(TaskException.Kind.LOAD, firstFailure, "");
            }
            boolean ready = first.isEmpty() || first.get().await(0);
            status = ready ? 200 : 503;
            body.put("status", ready ? "ok" : "loading");
        } catch (TaskException e) {
            body.put("status", "failed");
            body.put("error", e.getMessage());
        }
        body.put("model", defaultModel.map(RepoId::toString).orElse(null));
        context.status(status).contentType("application/json").header("Cache-Control", "no-store");
        context.result(JsonWriter.write(body));
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").header("Cache-Control", "no-store");
        context.result(registry.scrape());
    }

    /** Lets the handlers of the turns that were just ended write their last words. */
    private void tellClients() {
        long deadline = System.nanoTime() + LAST_WORDS_NANOS;
        try {
            while (api.underWay() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening, ends running turns and frees the models. */
    @Override
    public void close() {
        models.close();
        tellClients();
        javalin.stop();
        registry.close();
    }
}
