package samovar.runtime;

import samovar.dtype.Device;
import samovar.dtype.DtypePlan;

/**
 * Opens planned modules on one device. It finds the weights itself (a path on the JVM, a Blob in the browser): they
 * never pass through the core. Not thread-safe; owned by whoever created it. {@link #open} may await in the browser.
 */
public interface ModelRuntime {
    Device device();

    /**
     * Fetches what is missing of all files of a plan, several at once where that is faster, so that each of its modules opens without
     * waiting for the network. A runtime that has nothing to fetch does nothing.
     *
     * @param listener told of the bytes, of the whole plan under an empty name or of each module under its own; never awaits
     * @throws RuntimeFault as {@link #open} does for its files
     */
    default void prepare(DtypePlan plan, LoadListener listener) {}

    /**
     * Fetches what is missing of the module's files, verifies and compiles them.
     *
     * @param listener told of each phase; never awaits
     * @return a session owned by the caller
     * @throws RuntimeFault if files are missing or damaged, memory is short, or ONNX Runtime refuses the model
     */
    Session open(SessionRequest request, LoadListener listener);

    /** Frees the runtime, not the sessions that it opened. */
    void close();
}
