package samovar.task;

import samovar.dtype.Device;
import samovar.runtime.ModelRuntime;

/** Makes the runtime of a device. Called once a plan stands; never awaits. */
public interface RuntimeFactory {
    /** @return a runtime owned by the caller, for one of the devices that the platform's capabilities list */
    ModelRuntime open(Device device);
}
