package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;

/** Checks whether one module can run in one dtype in one place: its files, the adapter's features, the sizes. */
final class Candidate {
    /** Protocol Buffers, which ONNX graphs are, cannot be 2 GiB or larger; larger weights are external data. */
    private static final long MAX_GRAPH_BYTES = (1L << 31) - 1;

    /** A 32-bit WebAssembly memory, in which onnxruntime-web holds a session's weights. */
    private static final long MAX_WASM_BYTES = 1L << 32;

    private final AvailableDtypes available;
    private final ModelConfig config;
    private final DeviceCapabilities capabilities;
    private final Device device;
    private final String repo;

    Candidate(
            AvailableDtypes available,
            ModelConfig config,
            DeviceCapabilities capabilities,
            Device device,
            String repo) {
        this.available = available;
        this.config = config;
        this.capabilities = capabilities;
        this.device = device;
        this.repo = repo;
    }

    /** What stands in the way; empty if the module can run. */
    List<PlanFault> faults(String module, Dtype dtype) {
        List<PlanFault> faults = new ArrayList<>();
        ModuleFiles files = available.files(module, dtype);
        if (!files.hasGraph()) {
            faults.add(missingGraph(module, dtype));
        } else if (!files.isComplete()) {
            faults.add(missingData(module, dtype, files));
        }
        if (!capabilities.runs(dtype, device)) {
            faults.add(needsShaderF16(module, dtype));
        }
        if (files.isComplete()) {
            checkSizes(module, dtype, files, faults);
        }
        return faults;
    }

    /** The dtypes of a module that are wholly there and can run here. */
    List<Dtype> runnable(String module) {
        List<Dtype> runnable = new ArrayList<>();
        for (Dtype dtype : available.dtypes(module)) {
            if (faults(module, dtype).isEmpty()) {
                runnable.add(dtype);
            }
        }
        return runnable;
    }

    private PlanFault missingGraph(String module, Dtype dtype) {
        return new PlanFault(
                PlanFault.Kind.FILE_MISSING,
                module,
                dtype.label(),
                Dtype.labels(available.dtypes(module)),
                module + ": " + dtype.label() + " needs " + dtype.file(module) + ", which " + repo + " lacks; it has "
                        + available.describe(module));
    }

    private PlanFault missingData(String module, Dtype dtype, ModuleFiles files) {
        return new PlanFault(
                PlanFault.Kind.EXTERNAL_DATA_MISSING,
                module,
                dtype.label(),
                Dtype.labels(available.dtypes(module)),
                module + ": " + dtype.label() + " needs the external data " + String.join(", ", files.missing())
                        + ", which transformers.js_config speaks of and " + repo + " lacks; whole are "
                        + available.describe(module));
    }

    private PlanFault needsShaderF16(String module, Dtype dtype) {
        List<Dtype> others = new ArrayList<>();
        for (Dtype other : available.dtypes(module)) {
            if (!other.needsShaderF16()) {
                others.add(other);
            }
        }
        String adapter = capabilities.adapter().isEmpty() ? "" : " (" + capabilities.adapter() + ")";
        return new PlanFault(
                PlanFault.Kind.NEEDS_SHADER_F16,
                module,
                dtype.label(),
                Dtype.labels(others),
                module + ": " + dtype.label() + " needs the WebGPU feature shader-f16, which this adapter" + adapter
                        + " lacks; without it run "
                        + (others.isEmpty()
                                ? "none of the repository's dtypes"
                                : String.join(", ", Dtype.labels(others))));
    }

    private void checkSizes(String module, Dtype dtype, ModuleFiles files, List<PlanFault> faults) {
        long graph = files.files().get(0).sizeBytes();
        long total = files.sizeBytes();
        long table = embeddingBytes(module, dtype);
        if (graph > MAX_GRAPH_BYTES) {
            faults.add(tooLarge(module, dtype, "its graph", graph, "a graph may have", MAX_GRAPH_BYTES));
        }
        if (device == Device.WASM && total > MAX_WASM_BYTES) {
            faults.add(tooLarge(module, dtype, "it", total, "WebAssembly can hold", MAX_WASM_BYTES));
        }
        if (isOver(total, capabilities.memoryBytes())) {
            faults.add(tooLarge(module, dtype, "it", total, "there is memory for", capabilities.memoryBytes()));
        }
        if (device == Device.WEBGPU && isOver(table, capabilities.maxBufferBytes())) {
            faults.add(tooLarge(
                    module,
                    dtype,
                    "its embedding table",
                    table,
                    "one buffer of this adapter holds",
                    capabilities.maxBufferBytes()));
        }
    }

    /** True where the adapter can hold the embedding table but not bind it as a whole. */
    boolean splitsEmbedding(String module, Dtype dtype) {
        return device == Device.WEBGPU
                && isOver(embeddingBytes(module, dtype), capabilities.maxStorageBufferBindingBytes());
    }

    private static boolean isOver(long bytes, long limit) {
        return limit > 0 && bytes > limit;
    }

    private PlanFault tooLarge(String module, Dtype dtype, String what, long bytes, String limiting, long limit) {
        List<String> smaller = new ArrayList<>();
        for (Dtype other : available.dtypes(module)) {
            if (available.sizeBytes(module, other) < available.sizeBytes(module, dtype)) {
                smaller.add(other.label());
            }
        }
        return new PlanFault(
                PlanFault.Kind.TOO_LARGE,
                module,
                dtype.label(),
                smaller,
                module + ": " + dtype.label() + " is too large for " + device.label() + " here: " + what + " takes "
                        + ByteSize.text(bytes) + ", " + limiting + " " + ByteSize.text(limit) + "; "
                        + (smaller.isEmpty()
                                ? "the repository has nothing smaller"
                                : "smaller are " + String.join(", ", smaller)));
    }

    /**
     * The largest tensor of a language model, where it is known exactly: tokens times width, unquantized. 0 where the
     * dtype or the module leaves it open.
     */
    private long embeddingBytes(String module, Dtype dtype) {
        boolean holdsTable = module.equals(ModelFamily.MODEL) || module.equals(ModelFamily.EMBED_TOKENS);
        if (!holdsTable || !DefaultDtypes.isPrecise(dtype)) {
            return 0;
        }
        if (config.textJson().get("vocab_size").isNull()
                || config.textJson().get("hidden_size").isNull()) {
            return 0;
        }
        return (long) config.vocabSize() * config.hiddenSize() * (dtype == Dtype.FP16 ? 2 : 4);
    }
}
