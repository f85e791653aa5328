package samovar.platform;

/** Raised once, by any thread, to ask a running generation to stop between two steps. */
public final class CancellationFlag {
    private volatile boolean raised;

    public void raise() {
        raised = true;
    }

    public boolean isRaised() {
        return raised;
    }
}
