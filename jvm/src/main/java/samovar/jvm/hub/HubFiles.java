package samovar.jvm.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import samovar.hub.FileSource;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;

/**
 * Files of repositories from three places in order: model folders, the verified cache, the upstream Hub. What the upstream
 * gives is kept in the cache, listings too, so that a second start works offline. May be shared between threads.
 */
public final class HubFiles implements FileSource, WeightFiles {
    private final ModelFolders folders;
    private final VerifiedCache cache;
    private final Snapshots snapshots;
    private final Optional<HubClient> upstream;

    /** @param upstream empty to work offline */
    public HubFiles(ModelFolders folders, VerifiedCache cache, Optional<HubClient> upstream) {
        this.folders = folders;
        this.cache = cache;
        this.snapshots = new Snapshots(cache.root());
        this.upstream = upstream;
    }

    public ModelFolders folders() {
        return folders;
    }

    /** The same folders and cache, from which nothing leads to the network. */
    public HubFiles withoutUpstream() {
        return new HubFiles(folders, cache, Optional.empty());
    }

    /** Asks the upstream what a branch names now; where it does not answer, what it named last. */
    @Override
    public RepoListing list(RepoId repo, Revision revision) {
        if (folders.has(repo, revision)) {
            return folders.list(repo, revision);
        }
        Optional<RepoListing> remembered = snapshots.recall(repo, revision);
        if (remembered.isPresent() && (revision.isCommit() || upstream.isEmpty())) {
            return remembered.get();
        }
        if (upstream.isEmpty()) {
            throw offline(repo + "@" + revision, "the listing of " + repo + " at " + revision);
        }
        try {
            RepoListing listing = checked(upstream.get().list(repo, revision), repo);
            snapshots.remember(revision, listing);
            return listing;
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.UNAVAILABLE && remembered.isPresent()) {
                return remembered.get();
            }
            throw e;
        }
    }

    @Override
    public String readText(RepoId repo, Revision revision, String path) {
        Path file = fetch(repo, revision, path, received -> {});
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HubException(
                    HubException.Kind.CORRUPT,
                    repo + ":" + path,
                    "cannot read " + path + " of " + repo + " as UTF-8 text from " + file + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public Path fetch(RepoId repo, String commit, String path, LongConsumer progress) {
        return fetch(repo, new Revision(commit), path, progress);
    }

    private Path fetch(RepoId repo, Revision revision, String path, LongConsumer progress) {
        RepoFile.checkPath(path);
        if (folders.has(repo, revision)) {
            return folders.find(repo, path).orElseThrow(() -> entryNotFound(repo, revision, path));
        }
        RepoListing listing = list(repo, revision);
        RepoFile file = listing.find(path).orElseThrow(() -> entryNotFound(repo, revision, path));
        Path blob = blob(repo, new Revision(listing.commit()), file, progress);
        return snapshots.place(repo, listing.commit(), path, blob);
    }

    private Path blob(RepoId repo, Revision commit, RepoFile file, LongConsumer progress) {
        VerifiedCache.Wanted wanted = wanted(repo, commit, file);
        Optional<Path> present = cache.find(wanted.hash(), wanted.sizeBytes());
        return present.orElseGet(() -> cache.get(wanted, origin(repo, commit, file), progress));
    }

    /**
     * A file's bytes, which may be read while they still come. The caller closes it.
     *
     * @param listing one of {@link #list}, which names the file
     * @throws HubException as {@link #readText}
     */
    public Content open(RepoListing listing, RepoFile file) throws IOException {
        RepoId repo = listing.repo();
        Revision commit = new Revision(listing.commit());
        if (folders.has(repo, commit)) {
            Path path = folders.find(repo, file.path()).orElseThrow(() -> entryNotFound(repo, commit, file.path()));
            return Content.of(path, Files.size(path));
        }
        VerifiedCache.Wanted wanted = wanted(repo, commit, file);
        Optional<Path> present = cache.find(wanted.hash(), wanted.sizeBytes());
        return present.isPresent()
                ? Content.of(present.get(), wanted.sizeBytes())
                : cache.open(wanted, origin(repo, commit, file));
    }

    private static VerifiedCache.Wanted wanted(RepoId repo, Revision commit, RepoFile file) {
        String subject = repo + "@" + commit + ":" + file.path();
        ContentHash promised = ContentHash.of(file)
                .orElseThrow(
                        () -> new HubException(
                                HubException.Kind.CORRUPT,
                                subject,
                                "the listing of " + repo + " gives no hash for " + file.path()
                                        + ", so it cannot be verified and is not kept; choose a Hub that gives blobId or lfs.sha256"));
        return new VerifiedCache.Wanted(promised, file.sizeBytes(), subject);
    }

    private Origin origin(RepoId repo, Revision commit, RepoFile file) {
        String subject = repo + "@" + commit + ":" + file.path();
        HubClient hub = upstream.orElseThrow(
                () -> offline(subject, file.path() + " of " + repo + " (" + file.sizeBytes() + " bytes)"));
        return (from, to) -> hub.open(repo, commit, file, from, to);
    }

    private static RepoListing checked(RepoListing listing, RepoId asked) {
        // The Hub answers for a renamed repository under its new id; the id that was asked for stays ours.
        return new RepoListing(asked, listing.commit(), listing.files());
    }

    private HubException offline(String subject, String what) {
        return new HubException(
                HubException.Kind.OFFLINE,
                subject,
                what + " is neither in the model folders nor in the cache " + cache.root()
                        + ", and the network is switched off; start once without the offline option, or put the files into a"
                        + " model folder");
    }

    private static HubException entryNotFound(RepoId repo, Revision revision, String path) {
        return new HubException(
                HubException.Kind.ENTRY_NOT_FOUND,
                repo + "@" + revision + ":" + path,
                repo + " at " + revision + " has no file " + path);
    }
}
