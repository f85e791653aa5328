package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs a module. */
public enum Device {
    /** The browser's GPU. */
    WEBGPU("webgpu"),
    /** The browser's CPU, through WebAssembly. */
    WASM("wasm"),
    /** The CPU of a server or a JVM, by native code. */
    CPU("cpu");

    private final String label;

    Device(String label) {
        this.label = label;
    }

    /** The name that callers and configurations use, for example {@code webgpu}. */
    public String label() {
        return label;
    }

    /** The device of this label. */
    public static Optional<Device> find(String label) {
        for (Device device : values()) {
            if (device.label.equals(label)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    static List<String> labels(List<Device> devices) {
        List<String> labels = new ArrayList<>();
        for (Device device : devices) {
            labels.add(device.label);
        }
        return labels;
    }
}
