package samovar.task;

import java.util.LinkedHashMap;
import java.util.Map;
import samovar.dtype.DtypePlan;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;

/** Tells of the bytes of a whole plan where modules are opened one after the other and each tells of its own. */
final class PlanProgress implements LoadListener {
    private final long totalBytes;
    private final LoadListener listener;
    private final Map<String, Long> loaded = new LinkedHashMap<>();
    private boolean fromCache = true;

    PlanProgress(DtypePlan plan, LoadListener listener) {
        this.totalBytes = plan.totalBytes();
        this.listener = listener;
    }

    @Override
    public void on(LoadEvent event) {
        if (event.phase() != LoadEvent.Phase.DOWNLOADING) {
            listener.on(event);
            return;
        }
        loaded.put(event.module(), event.loadedBytes());
        fromCache &= event.fromCache();
        long sum = 0;
        for (long bytes : loaded.values()) {
            sum += bytes;
        }
        listener.on(new LoadEvent(event.phase(), event.module(), sum, totalBytes, fromCache));
    }
}
