package samovar.client.browser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.client.js.Abort;
import samovar.client.js.Await;
import samovar.client.js.FileStore;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.ortweb.WeightSource;
import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedFile;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.hub.Revision;
import samovar.json.JsonWriter;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;
import samovar.runtime.SessionRequest;

/**
 * Weights over the network, kept in the browser for the next visit. A file is handed over whole, of the planned size and of the
 * planned hash, or not at all.
 */
public final class WeightStore implements WeightSource {
    private final HubUrls urls;
    private Abort download;
    private CancellationFlag cancellation = new CancellationFlag();
    /** Whose files are all here; null for none. */
    private DtypePlan prepared;

    /** @param urls of the Hub; an empty base is the page's own origin */
    public WeightStore(HubUrls urls) {
        this.urls = urls;
    }

    @Override
    public void prepare(DtypePlan plan, LoadListener listener) {
        bring(plan.repo(), plan.commit(), plan.files(), new StoreProgress("", plan.totalBytes(), listener));
        prepared = plan;
    }

    @Override
    public List<Uint8Array> fetch(SessionRequest request, LoadListener listener) {
        RepoId repo = request.repo();
        if (prepared == null || !prepared.modules().contains(request.module())) {
            StoreProgress progress =
                    new StoreProgress(request.module().name(), request.module().sizeBytes(), listener);
            bring(repo, request.commit(), request.module().files(), progress);
        }
        List<Uint8Array> files = new ArrayList<>();
        for (PlannedFile file : request.module().files()) {
            check(repo);
            files.add(read(repo, request.commit(), file));
        }
        check(repo);
        return files;
    }

    private void bring(RepoId repo, String commit, List<PlannedFile> files, StoreProgress progress) {
        check(repo);
        for (PlannedFile file : files) {
            if (file.sizeBytes() > Integer.MAX_VALUE) {
                throw WeightFaults.tooLarge(file.path(), file.sizeBytes());
            }
        }
        download = Abort.create();
        try {
            Await.of(FileStore.fetch(json(repo, commit, files), download.getSignal(), progress::on));
        } catch (JsFault fault) {
            throw WeightFaults.of(fault);
        } finally {
            download = null;
        }
        check(repo);
        progress.finish();
    }

    private Uint8Array read(RepoId repo, String commit, PlannedFile file) {
        try {
            return Await.of(FileStore.read(JsonWriter.write(entry(urls, repo, commit, file))));
        } catch (JsFault fault) {
            throw WeightFaults.of(fault);
        }
    }

    private String json(RepoId repo, String commit, List<PlannedFile> files) {
        return json(urls, repo, commit, files);
    }

    static String json(HubUrls urls, RepoId repo, String commit, List<PlannedFile> files) {
        List<Object> entries = new ArrayList<>();
        for (PlannedFile file : files) {
            entries.add(entry(urls, repo, commit, file));
        }
        return JsonWriter.write(entries);
    }

    private static Map<String, Object> entry(HubUrls urls, RepoId repo, String commit, PlannedFile file) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("url", urls.resolve(repo, new Revision(commit), file.path()));
        entry.put("repo", repo.toString());
        entry.put("commit", commit);
        entry.put("path", file.path());
        entry.put("size", file.sizeBytes());
        entry.put("sha256", file.sha256());
        entry.put("blobId", file.blobId());
        return entry;
    }

    private void check(RepoId repo) {
        if (cancellation.isRaised()) {
            throw WeightFaults.cancelled(repo);
        }
    }

    /** What ends each {@link #prepare} and {@link #fetch} from now on, at the latest before files are handed over. Never awaits. */
    public void cancelledBy(CancellationFlag flag) {
        cancellation = flag;
    }

    /** Ends a download at once; the flag, raised before, ends all else. {@link #fetch} throws CANCELLED. Never awaits. */
    public void cancel() {
        if (download != null) {
            download.abort();
        }
    }

    /** A model of this commit works: what earlier ones have left in the browser is of no more use. Awaits. */
    public void forgetOtherCommits(RepoId repo, String commit) {
        new ModelCache().forgetOtherCommits(repo, new Revision(commit));
        try {
            Await.of(FileStore.forgetOtherCommits(repo.toString(), commit));
        } catch (JsFault unreadable) {
            Globals.warn("older weights of " + repo + " not removed: " + unreadable.getMessage());
        }
    }
}
