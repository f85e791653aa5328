package samovar.runtime;

import samovar.dtype.Device;

/** Makes of a module's graph file one that runs better on a device. Never awaits, and throws nothing. */
public interface GraphEdit {
    /** Leaves every graph as it is. */
    GraphEdit NONE = (graph, device) -> graph;

    /**
     * @param graph the whole file, external data aside; not changed
     * @return what to open instead: the array itself where nothing is to be edited
     */
    byte[] apply(byte[] graph, Device device);
}
