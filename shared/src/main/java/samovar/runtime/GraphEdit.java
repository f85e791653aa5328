package samovar.runtime;

import samovar.dtype.Device;

/**
 * Makes of a module's graph file one that runs better on a device. Never awaits, and throws nothing. Who asks for any but {@link
 * #NONE} runs one sequence at a time, and lets the runtime do more that changes no digit.
 */
public interface GraphEdit {
    /** Leaves every graph as it is. */
    GraphEdit NONE = (graph, device) -> graph;

    /**
     * @param graph the whole file, external data aside; not changed
     * @return what to open instead: the array itself where nothing is to be edited
     */
    byte[] apply(byte[] graph, Device device);
}
