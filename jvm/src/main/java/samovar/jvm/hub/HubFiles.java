package samovar.jvm.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(HubFiles.class);

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

    @Override
    public RepoListing list(RepoId repo, Revision revision) {
        return info(repo, revision).listing();
    }

    /**
     * A repository at a revision. Asks the upstream what a branch names now; where it does not answer, what it named last.
     *
     * @throws HubException as {@link #list}
     */
    public RepoInfo info(RepoId repo, Revision revision) {
        if (folders.has(repo, revision)) {
            return RepoInfo.ofFolder(folders.list(repo, revision));
        }
        Optional<RepoInfo> remembered = snapshots.recall(repo, revision);
        if (remembered.isPresent() && (revision.isCommit() || upstream.isEmpty())) {
            return remembered.get();
        }
        if (upstream.isEmpty()) {
            throw offline(repo + "@" + revision, "the listing of " + repo + " at " + revision);
        }
        try {
            RepoInfo info = upstream.get().info(repo, revision);
            remember(revision, info);
            return info;
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.UNAVAILABLE && remembered.isPresent()) {
                return remembered.get();
            }
            throw e;
        }
    }

    private void remember(Revision revision, RepoInfo info) {
        try {
            snapshots.remember(revision, info);
        } catch (HubException unwritable) {
            // A cache that cannot be written is no reason to keep an answer back; contents, which need it, will say so.
            LOG.warn("{}", unwritable.getMessage());
        }
    }

    /**
     * Searches the upstream for models.
     *
     * @param query of {@code /api/models}, percent-encoded
     * @return empty where there is no upstream
     * @throws HubException if it does not answer
     */
    public Optional<HubClient.Found> search(String query, boolean asOwner) {
        return upstream.map(hub -> hub.search(query, asOwner));
    }

    /** The repositories of the cache whose last known listing is here, by id. */
    public List<RepoInfo> remembered() {
        return snapshots.all();
    }

    @Override
    public String readText(RepoId repo, Revision revision, String path) {
        RepoFile.checkPath(path);
        if (folders.has(repo, revision)) {
            return text(repo, path, inFolder(repo, revision, path));
        }
        RepoInfo info = info(repo, revision);
        Hold hold = hold(info, List.of(path));
        try {
            return text(repo, path, fetch(info, path, received -> {}));
        } finally {
            hold.close();
        }
    }

    private static String text(RepoId repo, String path, Path file) {
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
        RepoFile.checkPath(path);
        Revision revision = new Revision(commit);
        return folders.has(repo, revision)
                ? inFolder(repo, revision, path)
                : fetch(info(repo, revision), path, progress);
    }

    private Path inFolder(RepoId repo, Revision revision, String path) {
        return folders.find(repo, path).orElseThrow(() -> entryNotFound(repo, revision, path));
    }

    private Path fetch(RepoInfo info, String path, LongConsumer progress) {
        RepoListing listing = info.listing();
        RepoFile file =
                info.find(path).orElseThrow(() -> entryNotFound(listing.repo(), new Revision(listing.commit()), path));
        VerifiedCache.Wanted wanted = wanted(info, file);
        Hold hold = cache.hold(wanted.hash());
        try {
            Path blob = cache.get(wanted, () -> origin(info, file), progress);
            return snapshots.place(listing.repo(), listing.commit(), path, blob);
        } finally {
            hold.close();
        }
    }

    @Override
    public Hold hold(RepoId repo, String commit, List<String> paths) {
        Revision revision = new Revision(commit);
        return folders.has(repo, revision) ? Hold.NONE : hold(info(repo, revision), paths);
    }

    private Hold hold(RepoInfo info, List<String> paths) {
        List<Hold> holds = new ArrayList<>();
        for (String path : paths) {
            info.find(path).flatMap(ContentHash::of).ifPresent(hash -> holds.add(cache.hold(hash)));
        }
        return () -> holds.forEach(Hold::close);
    }

    /**
     * A file's bytes, which may be read while they still come. The caller closes it.
     *
     * @param info one of {@link #info}, which names the file
     * @throws HubException as {@link #readText}
     */
    public Content open(RepoInfo info, RepoFile file) throws IOException {
        RepoId repo = info.listing().repo();
        Revision commit = new Revision(info.listing().commit());
        if (folders.has(repo, commit)) {
            Path path = inFolder(repo, commit, file.path());
            return Content.of(path, Files.size(path), Hold.NONE);
        }
        return cache.open(wanted(info, file), () -> origin(info, file));
    }

    private static VerifiedCache.Wanted wanted(RepoInfo info, RepoFile file) {
        String subject = subject(info, file);
        ContentHash promised = ContentHash.of(file)
                .orElseThrow(
                        () -> new HubException(
                                HubException.Kind.CORRUPT,
                                subject,
                                "the listing gives no hash for " + subject
                                        + ", so it cannot be verified and is not kept; choose a Hub that gives blobId or lfs.sha256"));
        return new VerifiedCache.Wanted(promised, file.sizeBytes(), subject);
    }

    private static String subject(RepoInfo info, RepoFile file) {
        return info.listing().repo() + "@" + info.listing().commit() + ":" + file.path();
    }

    private Origin origin(RepoInfo info, RepoFile file) {
        HubClient hub = upstream.orElseThrow(() -> offline(
                subject(info, file),
                file.path() + " of " + info.listing().repo() + " (" + file.sizeBytes() + " bytes)"));
        return (from, to) -> hub.open(info, file, from, to);
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
