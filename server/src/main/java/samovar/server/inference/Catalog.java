package samovar.server.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.config.ModelConfig;
import samovar.config.PreprocessorConfig;
import samovar.dtype.AvailableDtypes;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypePlanner;
import samovar.dtype.DtypeSpec;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.jvm.hub.HubFiles;
import samovar.task.Florence2Tasks;
import samovar.task.PlatformPorts;
import samovar.task.TaskException;

/** What models there are and what this machine would use for them. Moves no weights. May be shared between threads. */
final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final String PREPROCESSOR_CONFIG = "preprocessor_config.json";

    private final PlatformPorts ports;
    private final HubFiles files;

    Catalog(PlatformPorts ports, HubFiles files) {
        this.ports = ports;
        this.files = files;
    }

    /** A repository as it is now: what it holds, and what it is. */
    record Description(RepoListing listing, ModelConfig config) {
        AvailableDtypes available() {
            return AvailableDtypes.of(listing, config);
        }

        int contextTokens() {
            return config.maxPositions().orElse(0);
        }

        /** Dtypes that all modules are there in, by their labels. */
        List<String> commonDtypes() {
            AvailableDtypes available = available();
            List<Dtype> common = new ArrayList<>(List.of(Dtype.values()));
            available.modules().forEach(module -> common.retainAll(available.dtypes(module)));
            return common.stream().map(Dtype::label).toList();
        }

        /** Module to dtype to bytes. */
        Map<String, Map<String, Long>> sizes() {
            AvailableDtypes available = available();
            Map<String, Map<String, Long>> sizes = new LinkedHashMap<>();
            for (String module : available.modules()) {
                Map<String, Long> ofModule = new LinkedHashMap<>();
                for (Dtype dtype : available.dtypes(module)) {
                    ofModule.put(dtype.label(), available.sizeBytes(module, dtype));
                }
                sizes.put(module, ofModule);
            }
            return sizes;
        }
    }

    /**
     * The repository that a client means: its id, or the bare name of one in the model folders.
     *
     * @throws TaskException UNKNOWN_MODEL, listing what there is
     */
    RepoId find(String model) {
        List<RepoId> local = files.folders().repositories();
        if (model.indexOf('/') < 0) {
            List<RepoId> named =
                    local.stream().filter(repo -> repo.name().equals(model)).toList();
            if (named.size() == 1) {
                return named.get(0);
            }
        }
        try {
            return RepoId.of(model);
        } catch (HubException e) {
            throw unknown(model, "is no model here", e);
        }
    }

    /** Whether the model folders have it, so that asking about it costs no network. */
    boolean isLocal(RepoId repo) {
        return files.folders().has(repo, Revision.MAIN);
    }

    /**
     * @throws TaskException UNKNOWN_MODEL, GATED_MODEL, HUB_UNAVAILABLE, UNSUPPORTED_MODEL or LOAD
     */
    Description describe(RepoId repo) {
        try {
            RepoListing listing = files.list(repo, Revision.MAIN);
            String config = files.readText(repo, new Revision(listing.commit()), "config.json");
            return new Description(listing, ModelConfig.parse(config));
        } catch (HubException e) {
            TaskException failure = TaskException.of(e);
            if (failure.kind() == TaskException.Kind.UNKNOWN_MODEL) {
                throw unknown(
                        repo.toString(),
                        "is not in the model folders, and the Hub did not give it: " + e.getMessage(),
                        e);
            }
            throw failure;
        } catch (RuntimeException e) {
            throw Failures.ofLoading(repo.toString(), e);
        }
    }

    /**
     * @throws DtypePlanException with all faults at once
     */
    DtypePlan plan(Description description, DtypeSpec spec) {
        return DtypePlanner.plan(
                description.listing(), description.config(), spec, DtypePlanner.AUTO_DEVICE, ports.capabilities());
    }

    /**
     * The tasks of a model that looks at pictures.
     *
     * @throws TaskException UNSUPPORTED_MODEL if it does not say which they are, and others as {@link #describe} does
     */
    Florence2Tasks captionTasks(RepoId repo, Description description) {
        try {
            Revision commit = new Revision(description.listing().commit());
            return Florence2Tasks.of(PreprocessorConfig.parse(files.readText(repo, commit, PREPROCESSOR_CONFIG)));
        } catch (RuntimeException e) {
            throw Failures.ofLoading(repo.toString(), e);
        }
    }

    /** The models of the folders that are run here, by their ids; broken ones are left out. */
    Map<RepoId, Description> models() {
        Map<RepoId, Description> found = new LinkedHashMap<>();
        for (RepoId repo : files.folders().repositories()) {
            sound(repo).ifPresent(description -> found.put(repo, description));
        }
        return found;
    }

    /** Those of one task. */
    Map<RepoId, Description> models(ModelTask task) {
        Map<RepoId, Description> found = models();
        found.values().removeIf(description -> ModelTask.of(description.config().family())
                .filter(task::equals)
                .isEmpty());
        return found;
    }

    private Optional<Description> sound(RepoId repo) {
        try {
            Description description = describe(repo);
            plan(description, DtypeSpec.AUTO);
            return Optional.of(description)
                    .filter(found -> ModelTask.of(found.config().family()).isPresent());
        } catch (TaskException | DtypePlanException e) {
            LOG.debug("{} is left out of the models: {}", repo, e.getMessage());
            return Optional.empty();
        }
    }

    private TaskException unknown(String model, String why, HubException cause) {
        List<String> there = new ArrayList<>();
        models().keySet().forEach(repo -> there.add(repo.toString()));
        return new TaskException(
                TaskException.Kind.UNKNOWN_MODEL,
                "The model '" + model + "' " + why,
                there.isEmpty()
                        ? "There are no models here; start the server with --models DIR."
                        : "Models here: " + String.join(", ", there) + ".",
                cause);
    }
}
