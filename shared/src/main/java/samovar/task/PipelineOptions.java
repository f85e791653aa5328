package samovar.task;

import java.util.Map;
import java.util.Objects;
import samovar.dtype.DtypeSpec;
import samovar.hub.Revision;
import samovar.runtime.LoadListener;

/**
 * How a pipeline's model is loaded: {@code PipelineOptions.dtype("q4").device("webgpu")}. Immutable; each method gives a
 * new value.
 *
 * <p>Names of dtypes, modules and devices are checked by the plan, all at once, before any weights move; those of dtypes and devices also where
 * no Hub can be asked.
 */
public final class PipelineOptions {
    private static final PipelineOptions AUTO =
            new PipelineOptions(DtypeSpec.AUTO, "auto", Revision.MAIN, LoadListener.NONE);

    private final DtypeSpec dtypeSpec;
    private final String deviceName;
    private final Revision asked;
    private final LoadListener loadListener;

    private PipelineOptions(DtypeSpec dtypeSpec, String deviceName, Revision asked, LoadListener loadListener) {
        this.dtypeSpec = Objects.requireNonNull(dtypeSpec, "dtype");
        this.deviceName = Objects.requireNonNull(deviceName, "device");
        this.asked = Objects.requireNonNull(asked, "revision");
        this.loadListener = Objects.requireNonNull(loadListener, "listener");
    }

    /** Everything chosen by the planner, of the repository's main branch. */
    public static PipelineOptions auto() {
        return AUTO;
    }

    /** One dtype for all modules, {@code q4} for example, or {@code auto}. */
    public static PipelineOptions dtype(String name) {
        return dtype(DtypeSpec.of(name));
    }

    /** A dtype per module: {@code Map.of("embed_tokens", "fp16", "decoder_model_merged", "q4")}. */
    public static PipelineOptions dtype(Map<String, String> perModule) {
        return dtype(DtypeSpec.of(perModule));
    }

    public static PipelineOptions dtype(DtypeSpec spec) {
        return new PipelineOptions(spec, AUTO.deviceName, AUTO.asked, AUTO.loadListener);
    }

    /** {@code webgpu} or {@code wasm} in a browser, {@code cpu} on a JVM, {@code auto} on either. */
    public PipelineOptions device(String name) {
        return new PipelineOptions(dtypeSpec, name, asked, loadListener);
    }

    /** A branch, tag or commit. */
    public PipelineOptions revision(String name) {
        return new PipelineOptions(dtypeSpec, deviceName, new Revision(name), loadListener);
    }

    /** Told how the loading goes on. */
    public PipelineOptions listener(LoadListener listener) {
        return new PipelineOptions(dtypeSpec, deviceName, asked, listener);
    }

    public DtypeSpec dtypeSpec() {
        return dtypeSpec;
    }

    public String deviceName() {
        return deviceName;
    }

    public Revision revision() {
        return asked;
    }

    public LoadListener listener() {
        return loadListener;
    }
}
