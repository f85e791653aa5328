package samovar.client.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import samovar.client.browser.KeptWeights;
import samovar.client.js.Globals;
import samovar.client.ui.DtypeChoice;
import samovar.client.ui.ModuleChoices;
import samovar.client.ui.PlaceCard;
import samovar.client.ui.Stored;
import samovar.client.worker.WorkerBackends;
import samovar.dtype.AvailableDtypes;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypePlanner;
import samovar.dtype.DtypeSpec;
import samovar.dtype.Place;
import samovar.dtype.PlaceOffer;
import samovar.dtype.PlanFault;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;
import samovar.task.CaptionBackend;
import samovar.task.ChatBackend;
import samovar.wire.ModelPlan;

/** This browser's GPU and CPU: plans made on the page, models run in the worker. */
final class BrowserSide {
    private static final String CPU = "WebAssembly: works everywhere, slow for all but tiny models.";
    private static final String NO_ADAPTER = "the browser offers no WebGPU adapter";
    private static final String NOT_SECURE =
            "on an address that is neither https nor localhost browsers give no WebGPU, no threads"
                    + " and no storage; started with --tls, Samovar serves https";

    private final WorkerBackends worker;
    private final DeviceCapabilities capabilities;
    private final KeptWeights kept;

    BrowserSide(WorkerBackends worker, DeviceCapabilities capabilities, KeptWeights kept) {
        this.worker = worker;
        this.capabilities = capabilities;
        this.kept = kept;
    }

    /** @param place one of the two in the browser */
    PlaceCard survey(ModelShelf.Description model, String modelId, DtypeSpec spec, Place place) {
        Device device = place == Place.BROWSER_GPU ? Device.WEBGPU : Device.WASM;
        if (!capabilities.available().contains(device)) {
            String trouble = Globals.isSecure() ? NO_ADAPTER : NOT_SECURE;
            PlaceOffer absent = PlaceOffer.absent(place, "is out of reach: " + trouble);
            return PlaceCard.unknown(modelId, absent, absent.remark());
        }
        List<DtypeChoice> choices = choices(model, device);
        List<ModuleChoices> modules = modules(model, device);
        String name = device == Device.WEBGPU ? capabilities.adapter() : CPU;
        try {
            DtypePlan plan = plan(model, spec, device);
            return new PlaceCard(
                    modelId,
                    PlaceOffer.of(place, plan, capabilities),
                    name,
                    List.of(),
                    choices,
                    modules,
                    kept.has(plan));
        } catch (DtypePlanException refused) {
            return new PlaceCard(
                    modelId,
                    PlaceOffer.refused(place, refused),
                    name,
                    ModelPlan.faults(refused),
                    choices,
                    modules,
                    false);
        }
    }

    private DtypePlan plan(ModelShelf.Description model, DtypeSpec spec, Device device) {
        return DtypePlanner.plan(model.listing(), model.config(), spec, device.label(), capabilities);
    }

    /** Every dtype that all modules are published in, with what stands against it here. */
    private List<DtypeChoice> choices(ModelShelf.Description model, Device device) {
        AvailableDtypes available = AvailableDtypes.of(model.listing(), model.config());
        List<DtypeChoice> choices = new ArrayList<>();
        for (Dtype dtype : Dtype.values()) {
            long bytes = 0;
            boolean whole = true;
            for (String module : available.modules()) {
                bytes += available.sizeBytes(module, dtype);
                whole &= available.dtypes(module).contains(dtype);
            }
            if (whole) {
                choices.add(new DtypeChoice(dtype, bytes, obstacle(model, DtypeSpec.of(dtype), "", device)));
            }
        }
        return choices;
    }

    /** Every dtype that each module is published in, with what stands against it here. */
    private List<ModuleChoices> modules(ModelShelf.Description model, Device device) {
        AvailableDtypes available = AvailableDtypes.of(model.listing(), model.config());
        List<ModuleChoices> modules = new ArrayList<>();
        for (String module : available.modules()) {
            List<DtypeChoice> choices = new ArrayList<>();
            for (Dtype dtype : available.dtypes(module)) {
                DtypeSpec alone = DtypeSpec.of(Map.of(module, dtype.label()));
                choices.add(new DtypeChoice(
                        dtype, available.sizeBytes(module, dtype), obstacle(model, alone, module, device)));
            }
            modules.add(new ModuleChoices(module, choices));
        }
        return modules;
    }

    /** @param module whose fault is meant; empty for the first of all */
    private String obstacle(ModelShelf.Description model, DtypeSpec spec, String module, Device device) {
        try {
            plan(model, spec, device);
            return "";
        } catch (DtypePlanException refused) {
            for (PlanFault fault : refused.faults()) {
                if (module.isEmpty() || fault.module().equals(module)) {
                    return fault.kind() == PlanFault.Kind.NEEDS_SHADER_F16
                            ? "Needs 16-bit floats (shader-f16), which this adapter lacks."
                            : fault.message();
                }
            }
            return "";
        }
    }

    /** Ends the worker, should it have been started in vain. */
    void rest() {
        worker.close();
    }

    Stored stored() {
        return StoredList.of(kept.keeps(), kept.list());
    }

    void delete(List<String> keys) {
        kept.delete(keys);
    }

    ChatBackend load(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        kept.persist();
        return worker.load(card.plan(), listener, cancelled);
    }

    CaptionBackend loadCaptions(PlaceCard card, LoadListener listener, CancellationFlag cancelled) {
        kept.persist();
        return worker.loadCaptions(card.plan(), listener, cancelled);
    }
}
