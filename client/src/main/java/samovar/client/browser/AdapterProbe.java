package samovar.client.browser;

import java.util.List;
import java.util.Locale;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.client.js.Gpu;
import samovar.client.js.GpuAdapter;
import samovar.client.js.JsFault;
import samovar.dtype.DeviceCapabilities;

/** Asks the browser what it can run models on, without loading ONNX Runtime. */
public final class AdapterProbe {
    /** WebAssembly here has 32-bit addresses. */
    private static final long WASM_MEMORY_BYTES = 4L << 30;

    private static final List<String> SOFTWARE_NAMES =
            List.of("swiftshader", "llvmpipe", "lavapipe", "softpipe", "basic render", "warp", "software");

    private AdapterProbe() {}

    /** What this browser offers; {@code wasm} alone where it has no WebGPU adapter. Awaits, and never throws. */
    public static DeviceCapabilities probe() {
        GpuAdapter adapter = adapter();
        if (adapter == null) {
            return DeviceCapabilities.wasm(wasmMemoryBytes());
        }
        String name = name(adapter);
        return DeviceCapabilities.webgpu(
                GpuAdapter.hasFeature(adapter, "shader-f16"),
                GpuAdapter.isFallback(adapter) || isSoftware(name),
                name,
                (long) GpuAdapter.limit(adapter, "maxBufferSize"),
                (long) GpuAdapter.limit(adapter, "maxStorageBufferBindingSize"),
                0);
    }

    /** Null where there is none, or the browser refuses to say. */
    private static GpuAdapter adapter() {
        Gpu gpu = Globals.gpu();
        if (gpu == null) {
            return null;
        }
        try {
            return Await.of(gpu.requestAdapter());
        } catch (JsFault refused) {
            return null;
        }
    }

    private static long wasmMemoryBytes() {
        double gigabytes = Globals.deviceMemory();
        return gigabytes == 0 ? WASM_MEMORY_BYTES : Math.min(WASM_MEMORY_BYTES, (long) (gigabytes * (1L << 30)));
    }

    private static String name(GpuAdapter adapter) {
        StringBuilder name = new StringBuilder();
        for (String field : List.of("vendor", "architecture", "device", "description")) {
            String value = GpuAdapter.info(adapter, field);
            if (!value.isEmpty()) {
                name.append(name.length() == 0 ? "" : " ").append(value);
            }
        }
        return name.toString();
    }

    static boolean isSoftware(String adapterName) {
        String name = adapterName.toLowerCase(Locale.ROOT);
        for (String software : SOFTWARE_NAMES) {
            if (name.contains(software)) {
                return true;
            }
        }
        return false;
    }
}
