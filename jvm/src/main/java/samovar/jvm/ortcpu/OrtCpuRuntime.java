package samovar.jvm.ortcpu;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import samovar.dtype.Device;
import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.hub.HubException;
import samovar.hub.RepoId;
import samovar.jvm.hub.Hold;
import samovar.jvm.hub.WeightFiles;
import samovar.onnx.GraphEditor;
import samovar.runtime.GraphEdit;
import samovar.runtime.LoadEvent;
import samovar.runtime.LoadListener;
import samovar.runtime.ModelRuntime;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

/**
 * Opens modules on onnxruntime's CPU provider. All runtimes of a process share one {@link OrtEnvironment}; each session has
 * threads of its own.
 *
 * <p>May be shared between threads, unlike the port demands: it holds nothing but its settings. The sessions it opens may
 * not, but for {@link Session#interrupt()}. {@link #close()} has nothing to free.
 */
public final class OrtCpuRuntime implements ModelRuntime {
    /** Graphs with weights inside are read by ONNX Runtime alone. */
    private static final long MOST_EDITED_BYTES = 64 << 20;

    private final OrtEnvironment environment;
    private final WeightFiles weights;
    private final int threads;

    /**
     * @param threads of one session's operators, the caller's own among them; at least 1
     * @throws RuntimeFault if this platform has no native library of ONNX Runtime
     */
    public OrtCpuRuntime(WeightFiles weights, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; at least 1");
        }
        this.weights = weights;
        this.threads = threads;
        this.environment = environment();
    }

    private static OrtEnvironment environment() {
        LongCommandLine.refuse();
        NewerEngine.install();
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "samovar");
            // It reports sessions to its maker over the network, and has crashed while it wrote such a report.
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException e) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.UNSUPPORTED_MODEL,
                    "ONNX Runtime's telemetry cannot be switched off: " + e.getMessage(),
                    e);
        } catch (LinkageError | IllegalStateException e) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.UNSUPPORTED_MODEL,
                    "ONNX Runtime's native library does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e.getMessage()
                            + "; it exists for Linux (x64, aarch64, glibc), macOS (aarch64) and Windows (x64)",
                    e);
        }
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    /** Module by module, each told under its own name: the cache asks for several ranges at once by itself. */
    @Override
    public void prepare(DtypePlan plan, LoadListener listener) {
        // One file of a model must not make room for another.
        Hold hold = hold(plan.repo(), plan.commit(), plan.modules());
        try {
            for (PlannedModule module : plan.modules()) {
                fetch(plan.repo(), plan.commit(), module, listener);
            }
        } finally {
            hold.close();
        }
    }

    @Override
    public Session open(SessionRequest request, LoadListener listener) {
        PlannedModule module = request.module();
        Hold hold = hold(request.repo(), request.commit(), List.of(module));
        try {
            return open(request, fetch(request.repo(), request.commit(), module, listener), listener, hold);
        } catch (RuntimeException | Error e) {
            hold.close();
            throw e;
        }
    }

    private Hold hold(RepoId repo, String commit, List<PlannedModule> modules) {
        List<String> paths = modules.stream()
                .flatMap(module -> module.files().stream())
                .map(PlannedFile::path)
                .toList();
        try {
            return weights.hold(repo, commit, paths);
        } catch (HubException e) {
            throw missing(modules.get(0), e);
        }
    }

    private Session open(SessionRequest request, List<Path> files, LoadListener listener, Hold hold) {
        PlannedModule module = request.module();
        listener.on(event(LoadEvent.Phase.VERIFYING, module, 0, 0, true));
        for (int i = 0; i < files.size(); i++) {
            check(module.files().get(i), files.get(i), i == 0);
        }
        listener.on(event(LoadEvent.Phase.COMPILING, module, 0, 0, true));
        Path graph = files.get(0);
        try (OrtSession.SessionOptions options = options(request.freeDimensions())) {
            OrtSession session = create(graph, request.graphEdit(), options);
            return OrtCpuSession.of(
                    environment, session, module.name() + " (" + graph + ")", request.hostOutputs(), hold);
        } catch (OrtException e) {
            throw OrtFaults.opening(graph, e);
        }
    }

    /** From the file, or from an edited copy of it in memory; external data is read from beside the file in both cases. */
    private OrtSession create(Path graph, GraphEdit edit, OrtSession.SessionOptions options) throws OrtException {
        Optional<byte[]> edited = edited(graph, edit);
        if (edited.isEmpty()) {
            return environment.createSession(graph.toString(), options);
        }
        options.addConfigEntry(
                "session.model_external_initializers_file_folder_path",
                graph.toAbsolutePath().getParent().toString());
        return environment.createSession(edited.get(), options);
    }

    /** Empty where there is nothing to edit, or the graph holds too much to be copied for it. */
    private static Optional<byte[]> edited(Path graph, GraphEdit edit) {
        try {
            if (edit == GraphEdit.NONE || Files.size(graph) > MOST_EDITED_BYTES) {
                return Optional.empty();
            }
            byte[] file = Files.readAllBytes(graph);
            byte[] edited = forCpu(edit.apply(file, Device.CPU));
            return edited == file ? Optional.empty() : Optional.of(edited);
        } catch (IOException unreadable) {
            // ONNX Runtime reads it again, and reports it.
            return Optional.empty();
        }
    }

    /** What helps on a CPU alone is done here: the edits that a model asks for are compiled into the pages too. */
    private static byte[] forCpu(byte[] graph) {
        GraphEditor editor = GraphEditor.of(graph);
        editor.regroupAttention();
        return editor.toBytes();
    }

    private List<Path> fetch(RepoId repo, String commit, PlannedModule module, LoadListener listener) {
        List<Path> files = new ArrayList<>();
        long before = 0;
        listener.on(event(LoadEvent.Phase.DOWNLOADING, module, 0, module.sizeBytes(), true));
        for (PlannedFile file : module.files()) {
            long earlier = before;
            LongConsumer progress = received -> listener.on(
                    event(LoadEvent.Phase.DOWNLOADING, module, earlier + received, module.sizeBytes(), false));
            try {
                files.add(weights.fetch(repo, commit, file.path(), progress));
            } catch (HubException e) {
                throw missing(module, e);
            }
            before += file.sizeBytes();
            listener.on(event(LoadEvent.Phase.DOWNLOADING, module, before, module.sizeBytes(), true));
        }
        return files;
    }

    private static RuntimeFault missing(PlannedModule module, HubException e) {
        RuntimeFault.Kind kind =
                e.kind() == HubException.Kind.CORRUPT ? RuntimeFault.Kind.DAMAGED_FILE : RuntimeFault.Kind.MISSING_FILE;
        return new RuntimeFault(kind, "module " + module.name() + ": " + e.getMessage(), e);
    }

    /** Finds what ONNX Runtime would report without a file's name, or crash on. */
    private static void check(PlannedFile planned, Path file, boolean graph) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new RuntimeFault(
                        RuntimeFault.Kind.MISSING_FILE,
                        file + " is not there; the plan needs it with " + planned.sizeBytes() + " bytes");
            }
            long size = Files.size(file);
            if (size != planned.sizeBytes()) {
                throw new RuntimeFault(
                        RuntimeFault.Kind.DAMAGED_FILE,
                        file + " has " + size + " bytes, but the plan says " + planned.sizeBytes()
                                + "; fetch it again, or make a new plan if it was replaced on purpose");
            }
            if (graph) {
                GraphFile.check(file);
            }
        } catch (IOException e) {
            throw new RuntimeFault(
                    RuntimeFault.Kind.MISSING_FILE,
                    "cannot read " + file + ": " + e.getMessage() + "; check its permissions",
                    e);
        }
    }

    private OrtSession.SessionOptions options(Map<String, Long> freeDimensions) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // Every step has new shapes: a plan of memory per shape would be made for one use and kept for ever.
            options.setMemoryPatternOptimization(false);
            for (Map.Entry<String, Long> dimension : freeDimensions.entrySet()) {
                options.setSymbolicDimensionValue(dimension.getKey(), dimension.getValue());
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static LoadEvent event(
            LoadEvent.Phase phase, PlannedModule module, long loaded, long total, boolean fromCache) {
        return new LoadEvent(phase, module.name(), loaded, total, fromCache);
    }

    @Override
    public void close() {
        // The environment is the process's, and the sessions are their owners'.
    }
}
