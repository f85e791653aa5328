package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.config.ModelFamily;

/** Chooses the dtype of one module after the other, and puts the reason into words. */
final class DtypeChoice {
    private final ModelFamily family;
    private final DtypeSpec spec;
    private final JsConfig jsConfig;
    private final Device device;
    private final DeviceCapabilities capabilities;
    private final AvailableDtypes available;
    private final Candidate candidate;

    DtypeChoice(
            ModelFamily family,
            DtypeSpec spec,
            JsConfig jsConfig,
            Device device,
            DeviceCapabilities capabilities,
            AvailableDtypes available,
            Candidate candidate) {
        this.family = family;
        this.spec = spec;
        this.jsConfig = jsConfig;
        this.device = device;
        this.capabilities = capabilities;
        this.available = available;
        this.candidate = candidate;
    }

    /** The planned module, or nothing with at least one fault added; an unknown dtype was reported before. */
    Optional<PlannedModule> choose(String module, List<PlanFault> faults, List<String> notes, List<String> warnings) {
        String asked = spec.asked(module);
        if (asked.equals(DtypeSpec.AUTO_NAME)) {
            Optional<PlannedModule> configured = fromConfig(module, notes);
            return configured.isPresent() ? configured : fromList(module, faults, notes, warnings);
        }
        Optional<Dtype> dtype = Dtype.find(asked);
        if (dtype.isEmpty()) {
            return Optional.empty();
        }
        List<PlanFault> found = candidate.faults(module, dtype.get());
        if (!found.isEmpty()) {
            faults.addAll(found);
            return Optional.empty();
        }
        if (DefaultDtypes.isPrecise(family, module) && !DefaultDtypes.isPrecise(dtype.get())) {
            Dtype usual = DefaultDtypes.list(family, module, device, capabilities.shaderF16())
                    .get(0);
            warnings.add(module + ": " + dtype.get().label() + " is lower than " + usual.label()
                    + ", the default for this module; what it loses, every later step inherits");
        }
        String scope = spec.perModule().containsKey(module) ? "asked for" : "asked for, for all modules";
        return Optional.of(planned(module, dtype.get(), scope, notes));
    }

    private Optional<PlannedModule> fromConfig(String module, List<String> notes) {
        String said = jsConfig.dtype(module);
        if (said == null) {
            return Optional.empty();
        }
        Optional<Dtype> dtype = Dtype.find(said);
        if (dtype.isEmpty()) {
            notes.add(module + ": " + jsConfig.dtypeSource() + " says \"" + said
                    + "\", which is no dtype; the default list decides");
            return Optional.empty();
        }
        List<PlanFault> found = candidate.faults(module, dtype.get());
        if (!found.isEmpty()) {
            notes.add(module + ": " + jsConfig.dtypeSource() + " says " + said + ", but "
                    + obstacle(module, dtype.get(), found.get(0)) + "; the default list decides");
            return Optional.empty();
        }
        return Optional.of(planned(module, dtype.get(), jsConfig.dtypeSource() + " says so", notes));
    }

    private Optional<PlannedModule> fromList(
            String module, List<PlanFault> faults, List<String> notes, List<String> warnings) {
        String listName = DefaultDtypes.name(family, module, device, capabilities.shaderF16());
        List<String> skipped = new ArrayList<>();
        for (Dtype dtype : DefaultDtypes.list(family, module, device, capabilities.shaderF16())) {
            List<PlanFault> found = candidate.faults(module, dtype);
            if (found.isEmpty()) {
                if (DefaultDtypes.isPrecise(family, module) && !DefaultDtypes.isPrecise(dtype)) {
                    warnings.add(module + ": only " + dtype.label()
                            + " can run here, lower than what this module should have (fp16 or fp32)");
                }
                String reason = skipped.isEmpty()
                        ? "first of " + listName
                        : "first of " + listName + " that exists and can run; " + String.join("; ", skipped);
                return Optional.of(planned(module, dtype, reason, notes));
            }
            skipped.add(dtype.label() + " skipped: " + obstacle(module, dtype, found.get(0)));
        }
        List<String> others = Dtype.labels(candidate.runnable(module));
        faults.add(new PlanFault(
                PlanFault.Kind.NOTHING_RUNS,
                module,
                DtypeSpec.AUTO_NAME,
                others,
                module + ": nothing of " + listName + " can run on " + device.label() + " here: "
                        + String.join("; ", skipped) + "; the repository has " + available.describe(module)
                        + (others.isEmpty() ? "" : "; ask by name for " + String.join(", ", others))));
        return Optional.empty();
    }

    /** A fault in a few words, for reasons that name several. */
    private String obstacle(String module, Dtype dtype, PlanFault fault) {
        return switch (fault.kind()) {
            case FILE_MISSING -> "not in the repository";
            case EXTERNAL_DATA_MISSING -> "its external data is not in the repository";
            case NEEDS_SHADER_F16 -> "needs shader-f16, which this adapter lacks";
            case TOO_LARGE -> "too large here (" + ByteSize.text(available.sizeBytes(module, dtype)) + ")";
            case UNKNOWN_DTYPE, UNKNOWN_MODULE, BAD_SPEC, DEVICE_NOT_OFFERED, NOTHING_RUNS, BAD_CONFIG ->
                fault.message();
        };
    }

    private PlannedModule planned(String module, Dtype dtype, String reason, List<String> notes) {
        ModuleFiles files = available.files(module, dtype);
        if (files.unsaid()) {
            notes.add(module + ": transformers.js_config does not speak of external data for " + dtype.file(module)
                    + "; taken is what lies beside it, " + (files.files().size() - 1)
                    + (files.files().size() == 2 ? " file" : " files"));
        }
        return new PlannedModule(module, dtype, device, files.files(), dtype.label() + ": " + reason);
    }
}
