package samovar.jvm.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import samovar.hub.HubException;
import samovar.hub.RepoId;

/** Where a runtime gets weights from: whole, verified files on this machine. May be shared between threads. */
public interface WeightFiles {
    /**
     * The local path of a repository's file; its folder holds the other files fetched of the same folder and commit, so
     * that external data lies beside its graph. The file is read-only for the caller.
     *
     * @param progress told the bytes received so far while a download runs, on any thread; not called for a file that is here
     * @throws HubException as {@link samovar.hub.FileSource#readText}
     */
    Path fetch(RepoId repo, String commit, String path, LongConsumer progress);

    /**
     * Keeps files, here or not yet, where they are: to be taken before they are fetched, and closed when they are not read any more.
     *
     * @throws HubException as {@link samovar.hub.FileSource#list}
     */
    default Hold hold(RepoId repo, String commit, List<String> paths) {
        return Hold.NONE;
    }
}
