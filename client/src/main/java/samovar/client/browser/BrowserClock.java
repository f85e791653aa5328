package samovar.client.browser;

import samovar.client.js.Globals;
import samovar.platform.NanoClock;

/** {@code performance.now()}, as fine as the browser lets it be. */
public final class BrowserClock implements NanoClock {
    @Override
    public long nanoTime() {
        return (long) (Globals.performanceNow() * 1_000_000);
    }
}
