package samovar.client.ortweb;

import samovar.client.js.JsFault;
import samovar.dtype.Device;
import samovar.runtime.RuntimeFault;
import samovar.runtime.SessionRequest;

/** Turns what onnxruntime-web throws into faults that name the file, the step and what to try. */
final class Faults {
    private final SessionRequest request;
    private final Device device;
    private final DeviceState state;

    Faults(SessionRequest request, Device device, DeviceState state) {
        this.request = request;
        this.device = device;
        this.state = state;
    }

    boolean onGpu() {
        return device == Device.WEBGPU;
    }

    RuntimeFault atLoading(JsFault fault) {
        return fault(
                RuntimeFault.Kind.FAILED_RUN,
                "loading onnxruntime-web for " + file(),
                fault,
                "reload the page; if it stays, the server does not serve ONNX Runtime's files");
    }

    RuntimeFault atCreation(JsFault fault) {
        String step = "opening " + file() + " on " + device.label();
        if (isOutOfMemory(fault)) {
            return outOfMemory(step, fault);
        }
        if (isDeviceLost(fault)) {
            return deviceLost(step, fault);
        }
        if (fault.getMessage().contains("protobuf")) {
            return fault(
                    RuntimeFault.Kind.DAMAGED_FILE,
                    step,
                    fault,
                    "clear this site's data in the browser's settings and load it again");
        }
        return fault(
                RuntimeFault.Kind.UNSUPPORTED_MODEL, step, fault, "try another dtype, another device, or the server");
    }

    RuntimeFault atRun(JsFault fault) {
        String step = "running " + file() + " on " + device.label();
        if (isDeviceLost(fault)) {
            return deviceLost(step, fault);
        }
        if (isOutOfMemory(fault)) {
            return outOfMemory(step, fault);
        }
        return fault(RuntimeFault.Kind.FAILED_RUN, step, fault, "try another dtype, another device, or the server");
    }

    private RuntimeFault outOfMemory(String step, JsFault fault) {
        return fault(
                RuntimeFault.Kind.OUT_OF_MEMORY,
                step,
                fault,
                "the browser has no room left for it: try a smaller dtype, close other tabs, or let the server answer");
    }

    private RuntimeFault deviceLost(String step, JsFault fault) {
        String loss = state.loss() == null ? "" : " (the GPU device was lost: " + state.loss() + ")";
        return fault(
                RuntimeFault.Kind.DEVICE_LOST,
                step + loss,
                fault,
                "load the model again, or go on with wasm or the server");
    }

    private RuntimeFault fault(RuntimeFault.Kind kind, String step, JsFault fault, String next) {
        return new RuntimeFault(kind, step + " failed: " + fault.getMessage() + "; " + next, fault);
    }

    private String file() {
        return request.module().graph().path() + " of " + request.repo();
    }

    private static boolean isOutOfMemory(JsFault fault) {
        String message = fault.getMessage();
        return message.contains("bad_alloc")
                || message.contains("ut of memory")
                || message.contains("allocation failed")
                || message.contains("ailed to allocate");
    }

    private boolean isDeviceLost(JsFault fault) {
        String message = fault.getMessage();
        return state.loss() != null
                || message.contains("evice lost")
                || message.contains("evice is lost")
                || message.contains("evice was lost");
    }
}
