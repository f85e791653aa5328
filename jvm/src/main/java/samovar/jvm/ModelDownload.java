package samovar.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedFile;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.jvm.hub.Hold;
import samovar.jvm.hub.HubFiles;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;

/** Fetches what a plan needs and nothing else: its weights, and the text files that its model is read from. */
public final class ModelDownload {
    /** In a repository's root; those that it has. */
    private static final Set<String> TEXT_FILES = Set.of(
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "chat_template.jinja");

    private ModelDownload() {}

    /**
     * Fetches the files that are not here yet.
     *
     * @param listener told of the phases in their order, of bytes all files together against one total; READY last, from cache where
     *     nothing had to come
     * @return bytes of all the files
     * @throws samovar.hub.HubException if one cannot be had; those that came are kept, and one that broke off is resumed by the next try
     */
    public static long fetch(HubFiles files, DtypePlan plan, LoadListener listener) {
        listener.on(new LoadEvent(LoadEvent.Phase.LISTING, "", 0, 0, false));
        List<RepoFile> wanted = wanted(files, plan);
        long total = wanted.stream().mapToLong(RepoFile::sizeBytes).sum();
        long[] done = {0};
        boolean[] came = {false};
        listener.on(new LoadEvent(LoadEvent.Phase.DOWNLOADING, "", 0, total, true));
        // One file of a model must not make room for another.
        Hold hold = files.hold(
                plan.repo(), plan.commit(), wanted.stream().map(RepoFile::path).toList());
        try {
            for (RepoFile file : wanted) {
                files.fetch(plan.repo(), plan.commit(), file.path(), received -> {
                    came[0] = true;
                    listener.on(new LoadEvent(LoadEvent.Phase.DOWNLOADING, "", done[0] + received, total, false));
                });
                done[0] += file.sizeBytes();
                listener.on(new LoadEvent(LoadEvent.Phase.DOWNLOADING, "", done[0], total, !came[0]));
            }
        } finally {
            hold.close();
        }
        if (came[0]) {
            // Each was checked before it entered the cache.
            listener.on(new LoadEvent(LoadEvent.Phase.VERIFYING, "", total, total, false));
        }
        listener.on(new LoadEvent(LoadEvent.Phase.READY, "", total, total, !came[0]));
        return total;
    }

    private static List<RepoFile> wanted(HubFiles files, DtypePlan plan) {
        RepoListing listing = files.list(plan.repo(), new Revision(plan.commit()));
        List<RepoFile> wanted = new ArrayList<>();
        for (RepoFile file : listing.files()) {
            boolean weights = plan.files().stream().map(PlannedFile::path).anyMatch(file.path()::equals);
            if (weights || TEXT_FILES.contains(file.path())) {
                wanted.add(file);
            }
        }
        return wanted;
    }
}
