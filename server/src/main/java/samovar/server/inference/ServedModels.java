package samovar.server.inference;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypeSpec;
import samovar.hub.RepoId;
import samovar.jvm.hub.HubFiles;
import samovar.task.Florence2Tasks;
import samovar.task.PlatformPorts;
import samovar.task.TaskException;
import samovar.wire.ModelList;
import samovar.wire.ModelPlan;

/**
 * The models of this server: which there are, which are loaded, and the way of a turn to one of them, whatever their task is. Models are loaded one after
 * the other, on a thread of their own; when their weights would not fit, those that were idle longest make room. May be shared
 * between threads; the owner closes it.
 */
public final class ServedModels {
    private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);
    private static final int LOCK_WAIT_MILLIS = 50;

    private final PlatformPorts ports;
    private final Catalog catalog;
    private final Limits limits;
    private final Meters meters;
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "loader");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Weights, Loading> models = new LinkedHashMap<>();
    private final Map<Ask, Weights> asked = new LinkedHashMap<>();
    private final long startedSeconds = System.currentTimeMillis() / 1000;
    private boolean closed;

    /**
     * @param queueLength turns that may wait for one model
     * @param memoryBytes that weights of loaded models may take together
     * @param device what this machine computes with, in words for people
     */
    public record Limits(int queueLength, long memoryBytes, String device) {}

    /** A model as a client asks for it. */
    private record Ask(RepoId repo, String dtypes) {}

    /** One model in one form: the same files are loaded once, however they were asked for. */
    private record Weights(RepoId repo, String commit, List<String> dtypes) {
        static Weights of(DtypePlan plan) {
            return new Weights(
                    plan.repo(),
                    plan.commit(),
                    plan.modules().stream()
                            .map(module -> module.dtype().label())
                            .toList());
        }
    }

    public ServedModels(PlatformPorts ports, HubFiles files, Limits limits, MeterRegistry registry) {
        this.ports = ports;
        this.catalog = new Catalog(ports, files);
        this.limits = limits;
        this.meters = new Meters(registry);
    }

    /** The model that a visitor begins with: the one that was configured, or the largest of the model folders that chats. */
    public Optional<RepoId> defaultModel(Optional<RepoId> configured) {
        if (configured.isPresent()) {
            return configured;
        }
        return catalog.models(ModelTask.CHAT).entrySet().stream()
                .max(Comparator.comparingLong(
                        entry -> catalog.plan(entry.getValue(), DtypeSpec.AUTO).totalBytes()))
                .map(Map.Entry::getKey);
    }

    /** The ids of the models of the model folders that do this. */
    public List<String> ids(ModelTask task) {
        List<String> ids = new ArrayList<>();
        catalog.models(task).keySet().forEach(repo -> ids.add(repo.toString()));
        return ids;
    }

    /**
     * The model that a request names, and what it does; moves no weights.
     *
     * @throws TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE, UNSUPPORTED_MODEL or LOAD
     */
    public FoundModel find(String model, DtypeSpec spec) {
        RepoId repo = catalog.find(model);
        Optional<Loading> known = catalog.isLocal(repo) ? Optional.empty() : known(new Ask(repo, spec.toString()));
        return new FoundModel(repo, spec, known.map(Loading::description).orElseGet(() -> catalog.describe(repo)));
    }

    /**
     * The tasks of a model of {@link ModelTask#CAPTION}.
     *
     * @throws TaskException UNSUPPORTED_MODEL if it does not say which they are
     */
    public Florence2Tasks captionTasks(FoundModel model) {
        return catalog.captionTasks(model.repo(), model.description());
    }

    /**
     * Starts the loading of a model, unless it is loaded or on its way.
     *
     * @throws TaskException PLAN
     */
    public Loading load(FoundModel model) {
        DtypePlan plan = plannedOrFault(model.repo(), model.description(), model.dtypes());
        return load(new Ask(model.repo(), model.dtypes().toString()), model.description(), plan);
    }

    private DtypePlan plannedOrFault(RepoId repo, Catalog.Description description, DtypeSpec spec) {
        try {
            return catalog.plan(description, spec);
        } catch (DtypePlanException e) {
            throw Failures.ofLoading(repo.toString(), e);
        }
    }

    /** The Hub is not asked before each turn what its models are now. */
    private Optional<Loading> known(Ask ask) {
        synchronized (models) {
            Weights weights = asked.get(ask);
            return Optional.ofNullable(weights == null ? null : models.get(weights))
                    .filter(loading -> !loading.hasFailed());
        }
    }

    private Loading load(Ask ask, Catalog.Description description, DtypePlan plan) {
        synchronized (models) {
            if (closed) {
                throw stopping();
            }
            Loading known = models.get(Weights.of(plan));
            asked.put(ask, Weights.of(plan));
            if (known != null && !known.hasFailed()) {
                return known;
            }
            Loading loading = new Loading(description, plan);
            models.put(Weights.of(plan), loading);
            loader.execute(() -> load(plan, loading));
            return loading;
        }
    }

    /**
     * Hands a turn to a model that is there.
     *
     * @throws TaskException BUSY if its queue is full; CLOSED if it just was put away: load it again
     */
    public void submit(Loading loading, Turn turn) {
        loading.model(LOCK_WAIT_MILLIS).submit(turn);
    }

    private static TaskException stopping() {
        return new TaskException(TaskException.Kind.CLOSED, "the server is stopping", "Ask again later.");
    }

    private void load(DtypePlan plan, Loading loading) {
        if (!loading.isUnderWay()) {
            return;
        }
        try {
            makeRoom(plan);
            long start = System.nanoTime();
            Engine engine = Engine.load(ports, plan, loading::tell);
            LOG.info("{} loaded in {} ms", plan.repo(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            LoadedModel loaded = new LoadedModel(engine, limits.queueLength(), meters);
            if (!loading.arrived(loaded)) {
                close(loaded);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be loaded: {}", plan.repo(), e.getMessage());
            loading.failed(Failures.ofLoading(plan.repo().toString(), e));
            forget(loading);
        } catch (Error e) {
            LOG.error("{} could not be loaded", plan.repo(), e);
            loading.failed(new TaskException(TaskException.Kind.LOAD, plan.repo() + ": " + e, "", e));
            forget(loading);
        }
    }

    private void forget(Loading loading) {
        synchronized (models) {
            models.values().remove(loading);
            asked.values().retainAll(models.keySet());
        }
    }

    /** Puts idle models away, the longest unused first, until this one fits or none is left. */
    private void makeRoom(DtypePlan plan) {
        for (; ; ) {
            LoadedModel idle;
            synchronized (models) {
                long used = 0;
                List<LoadedModel> candidates = new ArrayList<>();
                for (Loading loading : models.values()) {
                    LoadedModel model = loading.isUnderWay() ? null : loading.model(0);
                    if (model != null) {
                        used += model.plan().totalBytes();
                        candidates.add(model);
                    }
                }
                if (candidates.isEmpty() || used + plan.totalBytes() <= limits.memoryBytes()) {
                    return;
                }
                idle = candidates.stream()
                        .filter(LoadedModel::isIdle)
                        .min(Comparator.comparingLong(LoadedModel::lastUsedNanos))
                        .orElseThrow(() -> new TaskException(
                                TaskException.Kind.BUSY,
                                "there is no room for " + plan.repo() + " while other models are answering",
                                "Ask again in a moment."));
                models.values().removeIf(loading -> !loading.isUnderWay() && loading.model(0) == idle);
                asked.values().retainAll(models.keySet());
            }
            LOG.info("{} makes room for {}", idle.plan().repo(), plan.repo());
            close(idle);
        }
    }

    private static void close(LoadedModel model) {
        try {
            model.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All models of the model folders, and those of the Hub that are loaded; this one first. */
    public ModelList list(Optional<RepoId> first) {
        Map<RepoId, Catalog.Description> found = new LinkedHashMap<>();
        Map<RepoId, Catalog.Description> local = catalog.models();
        first.filter(local::containsKey).ifPresent(repo -> found.put(repo, local.get(repo)));
        found.putAll(local);
        Map<RepoId, ModelList.Entry> entries = new LinkedHashMap<>();
        found.forEach((repo, description) -> entries.put(repo, entry(repo, description)));
        for (Loading loading : loadings()) {
            RepoId repo = loading.plan().repo();
            if (!entries.containsKey(repo)) {
                entries.put(repo, entry(repo, loading.description(), loading.plan()));
            }
        }
        return new ModelList(List.copyOf(entries.values()));
    }

    /**
     * One model, of the Hub too.
     *
     * @throws TaskException UNKNOWN_MODEL, UNSUPPORTED_MODEL or PLAN
     */
    public ModelList.Entry entry(String model) {
        RepoId repo = catalog.find(model);
        try {
            return entry(repo, catalog.describe(repo));
        } catch (DtypePlanException e) {
            throw Failures.ofLoading(model, e);
        }
    }

    private ModelList.Entry entry(RepoId repo, Catalog.Description description) {
        return entry(repo, description, catalog.plan(description, DtypeSpec.AUTO));
    }

    private ModelList.Entry entry(RepoId repo, Catalog.Description description, DtypePlan plan) {
        List<String> dtypes = plan.modules().stream()
                .map(module -> module.dtype().label())
                .distinct()
                .toList();
        return new ModelList.Entry(
                repo.toString(),
                startedSeconds,
                state(plan),
                plan.family().label(),
                description.commonDtypes(),
                dtypes.size() == 1 ? dtypes.get(0) : String.join(", ", dtypes),
                plan.totalBytes(),
                description.contextTokens());
    }

    /**
     * What would be used for a model, or all that stands against it.
     *
     * @throws TaskException UNKNOWN_MODEL, UNSUPPORTED_MODEL or LOAD
     */
    public ModelPlan plan(String model, DtypeSpec spec) {
        RepoId repo = catalog.find(model);
        Catalog.Description description = catalog.describe(repo);
        DtypePlan plan = null;
        List<String> faults = List.of();
        ModelList.State state = ModelList.State.AVAILABLE;
        try {
            plan = catalog.plan(description, spec);
            state = state(plan);
        } catch (DtypePlanException e) {
            faults = ModelPlan.faults(e);
        }
        return new ModelPlan(
                repo.toString(),
                plan,
                faults,
                description.sizes(),
                state,
                description.contextTokens(),
                limits.device());
    }

    private ModelList.State state(DtypePlan plan) {
        synchronized (models) {
            Loading loading = models.get(Weights.of(plan));
            if (loading == null || loading.hasFailed()) {
                return ModelList.State.AVAILABLE;
            }
            return loading.isUnderWay() ? ModelList.State.LOADING : ModelList.State.READY;
        }
    }

    private List<Loading> loadings() {
        synchronized (models) {
            return List.copyOf(models.values());
        }
    }

    /** Ends running turns, fails those that wait for a model, and frees all models; one on its way is freed when it comes. */
    public void close() {
        List<Loading> all;
        synchronized (models) {
            closed = true;
            all = List.copyOf(models.values());
            models.clear();
        }
        loader.shutdown();
        for (Loading loading : all) {
            loading.failed(stopping());
            if (!loading.hasFailed()) {
                close(loading.model(0));
            }
        }
    }
}
