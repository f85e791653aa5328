package samovar.hub;

import java.util.Optional;

/**
 * Where a repository's listing and small text files come from: a Hub, a mirror, folders on disk, a test. Weights do not
 * come this way.
 *
 * <p>A port that may await in the browser: call it on a coroutine thread, never inside a lambda of a JDK interface or in
 * a callback from JavaScript.
 */
public interface FileSource {
    /**
     * All files at a revision, with sizes.
     *
     * @throws HubException REPO_NOT_FOUND, REVISION_NOT_FOUND, GATED, OFFLINE, UNAVAILABLE or INVALID
     */
    RepoListing list(RepoId repo, Revision revision);

    /**
     * One text file, decoded as UTF-8. Ask with the listing's commit as revision, so that all files are of one version.
     *
     * @throws HubException the kinds of {@link #list}, ENTRY_NOT_FOUND or CORRUPT
     */
    String readText(RepoId repo, Revision revision, String path);

    /** One text file, or nothing where the repository lacks it; other failures are thrown. */
    default Optional<String> findText(RepoId repo, Revision revision, String path) {
        try {
            return Optional.of(readText(repo, revision, path));
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.ENTRY_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
