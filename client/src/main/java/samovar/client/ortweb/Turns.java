package samovar.client.ortweb;

import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.Macrotask;

/**
 * The turns that messages get between runs: a stop message is delivered in a macrotask only, and awaiting promises that are settled
 * never lets one come. One for all sessions of a model: where modules run one after the other, each with its own clock, every one
 * of them would take a turn that the one before has just given (0.2 ms, and up to 10 on a busy machine).
 */
final class Turns {
    private static final double MILLIS = 16;

    private double last = Globals.performanceNow();

    /** Awaits a macrotask where the last one, which may have brought the very request, is 16 ms ago or more. */
    void take() {
        double now = Globals.performanceNow();
        if (now - Math.max(last, Macrotask.heardAt()) >= MILLIS) {
            Await.of(Macrotask.next());
            last = Globals.performanceNow();
        }
    }
}
