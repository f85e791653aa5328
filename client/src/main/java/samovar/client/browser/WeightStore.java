package samovar.client.browser;

import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.streams.ReadableStream;
import org.teavm.jso.streams.ReadableStreamDefaultReader;
import org.teavm.jso.streams.ReadableStreamReadResult;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.client.js.Abort;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.JsFault;
import samovar.client.js.Response;
import samovar.client.ortweb.WeightSource;
import samovar.dtype.PlannedFile;
import samovar.hub.HubUrls;
import samovar.hub.RepoId;
import samovar.hub.Revision;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.runtime.SessionRequest;

/**
 * Weights over {@code fetch}, kept in the browser for the next visit. A file is handed over whole, of the planned size and,
 * where the plan knows it, of the planned hash, or not at all.
 */
public final class WeightStore implements WeightSource {
    private static final double PROGRESS_MILLIS = 50;

    private final HubUrls urls;
    private final ModelCache cache = new ModelCache();
    private Abort download;
    private CancellationFlag cancellation = new CancellationFlag();

    /** @param urls of the Hub; an empty base is the page's own origin */
    public WeightStore(HubUrls urls) {
        this.urls = urls;
    }

    @Override
    public List<Uint8Array> fetch(SessionRequest request, LoadListener listener) {
        Progress progress = new Progress(request, listener);
        List<Uint8Array> files = new ArrayList<>();
        for (PlannedFile file : request.module().files()) {
            check(request);
            Uint8Array kept = fromCache(request, file);
            if (kept != null) {
                files.add(kept);
                progress.add(file.sizeBytes(), true);
            } else {
                files.add(download(request, file, progress));
            }
        }
        check(request);
        progress.finish();
        return files;
    }

    private void check(SessionRequest request) {
        if (cancellation.isRaised()) {
            throw WeightFaults.cancelled(request);
        }
    }

    /** What ends each {@link #fetch} from now on, at the latest before its files are handed over. Never awaits. */
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
        cache.forgetOtherCommits(repo, new Revision(commit));
    }

    private static String key(SessionRequest request, PlannedFile file) {
        return HubUrls.cacheKey(request.repo(), new Revision(request.commit()), file.path());
    }

    private Uint8Array fromCache(SessionRequest request, PlannedFile file) {
        Response kept = cache.find(key(request, file));
        if (kept == null) {
            return null;
        }
        try {
            Uint8Array bytes = new Uint8Array(Await.of(kept.arrayBuffer()));
            if (bytes.getLength() == file.sizeBytes()) {
                return bytes;
            }
        } catch (JsFault unreadable) {
            Globals.warn("reading " + file.path() + " from the browser's storage: " + unreadable.getMessage());
        }
        cache.forget(key(request, file));
        return null;
    }

    private Uint8Array download(SessionRequest request, PlannedFile file, Progress progress) {
        WeightFaults faults = new WeightFaults(request, file);
        Uint8Array bytes = allocate(file, faults);
        check(request);
        download = Abort.create();
        try {
            String url = urls.resolve(request.repo(), new Revision(request.commit()), file.path());
            Response response = Await.of(Globals.fetch(url, ByteStreams.initWithSignal(download.getSignal())));
            if (!response.isOk()) {
                throw faults.refused(response.getStatus());
            }
            readBody(response.getBody(), bytes, file, progress, faults);
        } catch (JsFault fault) {
            throw faults.broken(fault);
        } finally {
            download = null;
        }
        verify(bytes, file, progress, faults);
        check(request);
        cache.keep(key(request, file), bytes);
        return bytes;
    }

    private static Uint8Array allocate(PlannedFile file, WeightFaults faults) {
        if (file.sizeBytes() > Integer.MAX_VALUE) {
            throw faults.tooLarge();
        }
        try {
            return Await.of(ByteStreams.allocate((int) file.sizeBytes()));
        } catch (JsFault fault) {
            throw faults.outOfMemory(fault);
        }
    }

    private static void readBody(
            ReadableStream body, Uint8Array bytes, PlannedFile file, Progress progress, WeightFaults faults) {
        ReadableStreamDefaultReader reader = body.getReader();
        int at = 0;
        while (true) {
            ReadableStreamReadResult piece = Await.of(reader.read());
            if (piece.isDone()) {
                break;
            }
            int length = ByteStreams.length(piece);
            if (at + (long) length > file.sizeBytes()) {
                Await.of(reader.cancel(null));
                throw faults.wrongSize(at + (long) length);
            }
            ByteStreams.append(bytes, at, piece);
            at += length;
            progress.add(length, false);
        }
        if (at != file.sizeBytes()) {
            throw faults.wrongSize(at);
        }
    }

    /** WebCrypto hashes at gigabytes per second, but only on a secure page; elsewhere the size must do. */
    private static void verify(Uint8Array bytes, PlannedFile file, Progress progress, WeightFaults faults) {
        if (file.sha256() == null || !Globals.hasCrypto()) {
            return;
        }
        progress.verifying(file.sizeBytes());
        String sha256 = Await.of(Globals.sha256(bytes)).stringValue();
        if (!sha256.equals(file.sha256())) {
            throw faults.wrongHash(sha256);
        }
    }

    /** Bytes of one module, told at most every 50 ms. */
    private static final class Progress {
        private final String module;
        private final long total;
        private final LoadListener listener;
        private long loaded;
        private boolean fromCache = true;
        private long told = -1;
        private double toldAt;

        Progress(SessionRequest request, LoadListener listener) {
            this.module = request.module().name();
            this.total = request.module().sizeBytes();
            this.listener = listener;
        }

        void add(long bytes, boolean cached) {
            loaded += bytes;
            fromCache &= cached;
            if (Globals.performanceNow() - toldAt >= PROGRESS_MILLIS) {
                tell();
            }
        }

        void verifying(long bytes) {
            finish();
            listener.on(new LoadEvent(LoadEvent.Phase.VERIFYING, module, 0, bytes, false));
        }

        void finish() {
            if (told != loaded) {
                tell();
            }
        }

        private void tell() {
            toldAt = Globals.performanceNow();
            told = loaded;
            listener.on(new LoadEvent(LoadEvent.Phase.DOWNLOADING, module, loaded, total, fromCache));
        }
    }
}
