package samovar.client.browser;

import samovar.client.js.Globals;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;

/** What the store tells of its bytes, as events: at most one every 50 ms, the first and the last of each phase always. */
final class StoreProgress {
    private static final double PACE_MILLIS = 50;

    private final String module;
    private final long total;
    private final LoadListener listener;
    private LoadEvent told;
    private LoadEvent latest;
    private double toldAt;
    private boolean fromNetwork;

    StoreProgress(String module, long total, LoadListener listener) {
        this.module = module;
        this.total = total;
        this.listener = listener;
    }

    /** Called by JavaScript; never awaits. */
    void on(double loaded, double verified, boolean fromNetwork) {
        this.fromNetwork = fromNetwork;
        boolean here = (long) loaded == total;
        if (here && fromNetwork) {
            tell(LoadEvent.Phase.DOWNLOADING, total);
            tell(LoadEvent.Phase.VERIFYING, (long) verified);
        } else {
            tell(LoadEvent.Phase.DOWNLOADING, (long) loaded);
        }
    }

    /** All is here and right. */
    void finish() {
        if (fromNetwork) {
            tell(LoadEvent.Phase.VERIFYING, total);
        }
    }

    private void tell(LoadEvent.Phase phase, long bytes) {
        if (told != null && told.phase().compareTo(phase) > 0) {
            return;
        }
        latest = new LoadEvent(phase, module, bytes, total, !fromNetwork);
        boolean first = told == null || told.phase() != phase;
        boolean due = Globals.performanceNow() - toldAt >= PACE_MILLIS;
        if (!latest.equals(told) && (first || due || bytes == total)) {
            told = latest;
            toldAt = Globals.performanceNow();
            listener.on(told);
        }
    }
}
