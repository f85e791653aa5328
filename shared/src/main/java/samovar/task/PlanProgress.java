package samovar.task;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.dtype.DtypePlan;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;

/**
 * One stream of events for a whole plan, whose modules are opened one after the other and each tell of their own: phases follow each other,
 * bytes are counted against the plan's total, and neither goes back. A module that is fetched only after another was compiled may
 * tell of its new bytes, of nothing else.
 */
final class PlanProgress implements LoadListener {
    private final long totalBytes;
    private final LoadListener listener;
    private final Map<String, Long> downloaded = new LinkedHashMap<>();
    private LoadEvent.Phase phase = LoadEvent.Phase.LISTING;
    private long downloadedBytes = -1;
    private long verifiedBytes;
    private boolean fromCache = true;

    PlanProgress(DtypePlan plan, LoadListener listener) {
        this.totalBytes = plan.totalBytes();
        this.listener = listener;
    }

    @Override
    public void on(LoadEvent event) {
        boolean earlier = event.phase().compareTo(phase) < 0;
        if (event.phase() == LoadEvent.Phase.DOWNLOADING) {
            downloading(event, earlier);
        } else if (!earlier) {
            phase = event.phase();
            listener.on(
                    switch (event.phase()) {
                        case VERIFYING -> verifying(event);
                        case READY ->
                            new LoadEvent(
                                    event.phase(), event.module(), event.loadedBytes(), event.totalBytes(), fromCache);
                        case LISTING, DOWNLOADING, COMPILING, WARMING -> event;
                    });
        }
    }

    private void downloading(LoadEvent event, boolean earlier) {
        downloaded.put(event.module(), event.loadedBytes());
        fromCache &= event.fromCache();
        long sum = 0;
        for (long bytes : downloaded.values()) {
            sum += bytes;
        }
        if (earlier && sum <= downloadedBytes) {
            return;
        }
        phase = earlier ? phase : LoadEvent.Phase.DOWNLOADING;
        downloadedBytes = Math.min(totalBytes, Math.max(sum, downloadedBytes));
        listener.on(new LoadEvent(LoadEvent.Phase.DOWNLOADING, event.module(), downloadedBytes, totalBytes, fromCache));
    }

    private LoadEvent verifying(LoadEvent event) {
        verifiedBytes = Math.max(verifiedBytes, event.loadedBytes());
        return new LoadEvent(
                event.phase(),
                event.module(),
                verifiedBytes,
                event.totalBytes() == 0 ? 0 : totalBytes,
                event.fromCache());
    }
}
