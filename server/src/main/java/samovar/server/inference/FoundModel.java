package samovar.server.inference;

import samovar.dtype.DtypeSpec;
import samovar.hub.RepoId;

/** A model that a request names: it exists, and what it does is known; whether it can be loaded is not yet. Immutable. */
public final class FoundModel {
    private final RepoId repo;
    private final ModelTask does;
    private final DtypeSpec dtypes;
    private final Catalog.Description found;

    /** @throws samovar.task.TaskException UNSUPPORTED_MODEL if models of its family are not run here */
    FoundModel(RepoId repo, DtypeSpec dtypes, Catalog.Description found) {
        this.repo = repo;
        this.does = ModelTask.of(repo, found.config().family());
        this.dtypes = dtypes;
        this.found = found;
    }

    public RepoId repo() {
        return repo;
    }

    public ModelTask task() {
        return does;
    }

    DtypeSpec dtypes() {
        return dtypes;
    }

    Catalog.Description description() {
        return found;
    }
}
