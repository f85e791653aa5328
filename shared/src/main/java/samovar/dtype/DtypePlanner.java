package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.config.ModelConfig;
import samovar.hub.RepoListing;
import samovar.json.JsonException;

/**
 * Makes the plan of a model for one place, or says everything that stands in its way. Moves no bytes and awaits nothing.
 *
 * <p>For each module the first of these that speaks decides: the caller, {@code device_config} of {@code
 * transformers.js_config}, {@code transformers.js_config} itself, the default lists. What the caller asks and cannot have is
 * a fault; what the configuration asks and this place cannot have is a note, and the lists decide.
 */
public final class DtypePlanner {
    /** Stands for the device that the configuration prefers, if it is offered here, else the place's own. */
    public static final String AUTO_DEVICE = "auto";

    private final RepoListing listing;
    private final ModelConfig config;
    private final DtypeSpec spec;
    private final DeviceCapabilities capabilities;

    private final List<PlanFault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private DtypePlanner(RepoListing listing, ModelConfig config, DtypeSpec spec, DeviceCapabilities capabilities) {
        this.listing = listing;
        this.config = config;
        this.spec = spec;
        this.capabilities = capabilities;
    }

    /**
     * Plans all modules of a model.
     *
     * @param device a device's label, or {@code auto} (null too)
     * @throws DtypePlanException with all faults of the request at once
     */
    public static DtypePlan plan(
            RepoListing listing, ModelConfig config, DtypeSpec spec, String device, DeviceCapabilities capabilities) {
        return new DtypePlanner(listing, config, spec, capabilities).plan(device);
    }

    /**
     * Checks what can be told without the model, so that nobody waits for a Hub to hear of a typo.
     *
     * @param device a device's label, or {@code auto} (null too)
     * @throws DtypePlanException with all names that are no dtype's, or no device's that is offered
     */
    public static void checkNames(DtypeSpec spec, String device, DeviceCapabilities capabilities) {
        List<PlanFault> faults = new ArrayList<>();
        if (device != null
                && !device.equals(AUTO_DEVICE)
                && offered(device, capabilities).isEmpty()) {
            faults.add(notOffered(device, capabilities));
        }
        for (String module : spec.perModule().keySet()) {
            checkDtype(module, spec.perModule().get(module), faults);
        }
        checkDtype("", spec.all(), faults);
        if (!faults.isEmpty()) {
            throw new DtypePlanException(faults);
        }
    }

    private DtypePlan plan(String askedDevice) {
        notes.addAll(spec.notes());
        try {
            Device device = device(askedDevice);
            DtypePlan plan = plan(device, JsConfig.of(config, device));
            if (faults.isEmpty()) {
                return plan;
            }
        } catch (JsonException e) {
            faults.add(new PlanFault(PlanFault.Kind.BAD_CONFIG, "", e.path(), List.of(), e.getMessage()));
        }
        throw new DtypePlanException(faults);
    }

    private DtypePlan plan(Device device, JsConfig jsConfig) {
        checkNames();
        List<String> names = config.family().modules();
        AvailableDtypes available = new AvailableDtypes(listing, names, jsConfig.externalData());
        Candidate candidate = new Candidate(
                available, config, capabilities, device, listing.repo().toString());
        DtypeChoice choice =
                new DtypeChoice(config.family(), spec, jsConfig, device, capabilities, available, candidate);
        List<PlannedModule> modules = new ArrayList<>();
        for (String name : names) {
            choice.choose(name, faults, notes, warnings).ifPresent(modules::add);
        }
        addDeviceWarnings(device, modules, candidate);
        String kvCacheDtype = null;
        if (config.family().generates() && modules.size() == names.size()) {
            kvCacheDtype = jsConfig.kvCacheDtype(modules.get(modules.size() - 1).dtype());
        }
        DtypePlan plan = new DtypePlan(
                listing.repo(),
                listing.commit(),
                device,
                config.family(),
                modules,
                notes,
                warnings,
                kvCacheDtype,
                jsConfig.freeDimensionOverrides());
        if (faults.isEmpty()) {
            checkTotal(plan);
        }
        return plan;
    }

    private Device device(String asked) {
        if (asked == null || asked.equals(AUTO_DEVICE)) {
            return preferredDevice();
        }
        Optional<Device> device = offered(asked, capabilities);
        if (device.isPresent()) {
            return device.get();
        }
        faults.add(notOffered(asked, capabilities));
        return capabilities.device();
    }

    private static Optional<Device> offered(String label, DeviceCapabilities capabilities) {
        return Device.find(label).filter(capabilities.available()::contains);
    }

    private static PlanFault notOffered(String asked, DeviceCapabilities capabilities) {
        List<String> allowed = new ArrayList<>(Device.labels(capabilities.available()));
        allowed.add(AUTO_DEVICE);
        return new PlanFault(
                PlanFault.Kind.DEVICE_NOT_OFFERED,
                "",
                asked,
                allowed,
                (Device.find(asked).isPresent()
                                ? "device \"" + asked + "\" is not offered here"
                                : "unknown device \"" + asked + "\"")
                        + "; allowed: " + String.join(", ", allowed));
    }

    private Device preferredDevice() {
        JsConfig jsConfig = JsConfig.of(config);
        if (jsConfig.namesDevicePerModule()) {
            notes.add("transformers.js_config names a device for each module; all run on "
                    + capabilities.device().label());
        }
        Optional<String> preferred = jsConfig.device();
        if (preferred.isEmpty() || preferred.get().equals(AUTO_DEVICE)) {
            return capabilities.device();
        }
        Optional<Device> device = offered(preferred.get(), capabilities);
        if (device.isPresent()) {
            return device.get();
        }
        notes.add("transformers.js_config prefers the device " + preferred.get() + ", which is not offered here; "
                + capabilities.device().label() + " instead");
        return capabilities.device();
    }

    /** Names that no module or dtype has are faults even where other faults hide them. */
    private void checkNames() {
        for (String module : spec.perModule().keySet()) {
            if (!config.family().modules().contains(module)) {
                faults.add(PlanFault.unknownModule(module, config.family().modules()));
            }
            checkDtype(module, spec.perModule().get(module), faults);
        }
        checkDtype("", spec.all(), faults);
    }

    private static void checkDtype(String module, String asked, List<PlanFault> faults) {
        if (!asked.equals(DtypeSpec.AUTO_NAME) && Dtype.find(asked).isEmpty()) {
            faults.add(PlanFault.unknownDtype(module, asked));
        }
    }

    private void addDeviceWarnings(Device device, List<PlannedModule> modules, Candidate candidate) {
        if (device == Device.WEBGPU && capabilities.softwareAdapter()) {
            warnings.add("the WebGPU adapter" + (capabilities.adapter().isEmpty() ? "" : " " + capabilities.adapter())
                    + " is drawn by the CPU: right, but much slower than a GPU, and slower than wasm or a server");
        }
        for (PlannedModule module : modules) {
            if (device == Device.WEBGPU && isDynamic8Bit(module.dtype())) {
                warnings.add(module.name() + ": " + module.dtype().label()
                        + " runs partly on the CPU under WebGPU, because its integer kernels are missing there");
            }
            if (candidate.splitsEmbedding(module.name(), module.dtype())) {
                warnings.add(module.name() + ": the embedding table is larger than what this adapter binds at once ("
                        + ByteSize.text(capabilities.maxStorageBufferBindingBytes()) + "); opening it may fail");
            }
        }
    }

    private static boolean isDynamic8Bit(Dtype dtype) {
        return dtype == Dtype.Q8 || dtype == Dtype.INT8 || dtype == Dtype.UINT8;
    }

    private void checkTotal(DtypePlan plan) {
        long memory = capabilities.memoryBytes();
        if (memory > 0 && plan.totalBytes() > memory) {
            faults.add(new PlanFault(
                    PlanFault.Kind.TOO_LARGE,
                    "",
                    spec.toString(),
                    List.of(),
                    "all modules together take " + ByteSize.text(plan.totalBytes()) + ", and "
                            + plan.device().label() + " here has memory for " + ByteSize.text(memory)
                            + "; ask for smaller dtypes, or another place"));
        }
    }
}
