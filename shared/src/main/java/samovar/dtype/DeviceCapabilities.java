package samovar.dtype;

import java.util.List;

/**
 * What one place offers: a browser with a GPU, a browser without, a server. The probe that fills it stands outside of this
 * module. Byte counts of 0 mean unknown, and are then not checked.
 *
 * @param device the device that {@code auto} stands for here
 * @param shaderF16 whether the WebGPU adapter has the feature {@code shader-f16}
 * @param softwareAdapter whether the WebGPU adapter is drawn by the CPU (SwiftShader and its kin): right, and very slow
 * @param adapter the WebGPU adapter as its driver names it, or the processor; for people, perhaps empty
 * @param maxBufferBytes WebGPU: the largest buffer, hence the largest tensor
 * @param maxStorageBufferBindingBytes WebGPU: the largest part of a buffer that one kernel binds
 * @param memoryBytes memory that weights may take here
 * @param available the devices that a caller may ask for here
 */
public record DeviceCapabilities(
        Device device,
        boolean shaderF16,
        boolean softwareAdapter,
        String adapter,
        long maxBufferBytes,
        long maxStorageBufferBindingBytes,
        long memoryBytes,
        List<Device> available) {
    public DeviceCapabilities {
        available = List.copyOf(available);
        if (!available.contains(device)) {
            throw new IllegalArgumentException(
                    "device " + device.label() + " is not among the available " + Device.labels(available));
        }
        if (maxBufferBytes < 0 || maxStorageBufferBindingBytes < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException(
                    "negative limit: maxBufferBytes " + maxBufferBytes + ", maxStorageBufferBindingBytes "
                            + maxStorageBufferBindingBytes + ", memoryBytes " + memoryBytes);
        }
    }

    /** A server or a JVM. */
    public static DeviceCapabilities cpu(long memoryBytes) {
        return new DeviceCapabilities(Device.CPU, false, false, "", 0, 0, memoryBytes, List.of(Device.CPU));
    }

    /** A browser without a usable GPU. */
    public static DeviceCapabilities wasm(long memoryBytes) {
        return new DeviceCapabilities(Device.WASM, false, false, "", 0, 0, memoryBytes, List.of(Device.WASM));
    }

    /** A browser with a WebGPU adapter; its CPU may be asked for as well. */
    public static DeviceCapabilities webgpu(
            boolean shaderF16,
            boolean softwareAdapter,
            String adapter,
            long maxBufferBytes,
            long maxStorageBufferBindingBytes,
            long memoryBytes) {
        return new DeviceCapabilities(
                Device.WEBGPU,
                shaderF16,
                softwareAdapter,
                adapter,
                maxBufferBytes,
                maxStorageBufferBindingBytes,
                memoryBytes,
                List.of(Device.WEBGPU, Device.WASM));
    }

    /** Whether kernels of this dtype can run on a device here; 16-bit floats need {@code shader-f16} on WebGPU alone. */
    public boolean runs(Dtype dtype, Device on) {
        return on != Device.WEBGPU || shaderF16 || !dtype.needsShaderF16();
    }
}
