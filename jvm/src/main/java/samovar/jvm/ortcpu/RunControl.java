package samovar.jvm.ortcpu;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * Ends a run from another thread. An interrupt outside of a run is forgotten, and none outlives the run it was meant for.
 * Thread-safe.
 */
final class RunControl {
    private final OrtSession.RunOptions options;
    private boolean running;
    private boolean interrupted;
    private boolean closed;

    RunControl() throws OrtException {
        options = new OrtSession.RunOptions();
    }

    OrtSession.RunOptions options() {
        return options;
    }

    synchronized void begin() {
        running = true;
        interrupted = false;
    }

    synchronized void interrupt() {
        if (running && !closed && !interrupted) {
            interrupted = true;
            terminate(true);
        }
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }

    synchronized void end() {
        running = false;
        if (interrupted) {
            terminate(false);
        }
    }

    private void terminate(boolean value) {
        try {
            options.setTerminate(value);
        } catch (OrtException e) {
            throw OrtFaults.tensor("cannot set the run's terminate flag to " + value, e);
        }
    }

    synchronized void close() {
        closed = true;
        options.close();
    }
}
