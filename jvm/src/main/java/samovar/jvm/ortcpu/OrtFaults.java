package samovar.jvm.ortcpu;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Locale;
import samovar.runtime.RuntimeFault;

/** ONNX Runtime's errors in the port's kinds. Its Java API gives a code and a text; memory shows in the text alone. */
final class OrtFaults {
    private OrtFaults() {}

    static RuntimeFault opening(Path graph, OrtException e) {
        if (isOutOfMemory(e)) {
            return new RuntimeFault(
                    RuntimeFault.Kind.OUT_OF_MEMORY,
                    "no memory to open " + graph + ": " + e.getMessage() + "; choose a smaller dtype or model",
                    e);
        }
        return switch (e.getCode()) {
            case ORT_NO_SUCHFILE, ORT_NOT_FOUND ->
                new RuntimeFault(
                        RuntimeFault.Kind.MISSING_FILE,
                        "ONNX Runtime misses a file of " + graph + ": " + e.getMessage()
                                + "; its external data belongs beside it",
                        e);
            case ORT_INVALID_PROTOBUF ->
                new RuntimeFault(
                        RuntimeFault.Kind.DAMAGED_FILE,
                        graph + " is damaged: " + e.getMessage() + "; download it again",
                        e);
            default ->
                new RuntimeFault(
                        RuntimeFault.Kind.UNSUPPORTED_MODEL,
                        "ONNX Runtime cannot open " + graph + ": " + e.getMessage()
                                + "; try another dtype, or an export for a newer or older ONNX Runtime",
                        e);
        };
    }

    static RuntimeFault running(String module, boolean interrupted, OrtException e) {
        if (interrupted) {
            return new RuntimeFault(
                    RuntimeFault.Kind.CANCELLED, "the run of module " + module + " was interrupted on request", e);
        }
        if (isOutOfMemory(e)) {
            return new RuntimeFault(
                    RuntimeFault.Kind.OUT_OF_MEMORY,
                    "no memory to run module " + module + ": " + e.getMessage()
                            + "; shorten the prompt, or choose a smaller dtype or model",
                    e);
        }
        return new RuntimeFault(
                RuntimeFault.Kind.FAILED_RUN, "module " + module + " failed while running: " + e.getMessage(), e);
    }

    static RuntimeFault tensor(String what, OrtException e) {
        return new RuntimeFault(
                isOutOfMemory(e) ? RuntimeFault.Kind.OUT_OF_MEMORY : RuntimeFault.Kind.FAILED_RUN,
                what + ": " + e.getMessage(),
                e);
    }

    private static boolean isOutOfMemory(OrtException e) {
        String text = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        return text.contains("bad_alloc")
                || text.contains("failed to allocate memory")
                || text.contains("out of memory");
    }
}
