package samovar.client.ui;

import java.util.List;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.dtype.DtypePlan;

/**
 * What one place would use for one model, or why it can't.
 *
 * @param capabilities what the place has; null where it has nothing of the kind, or can't be asked
 * @param plan the weights it would use; null where there are reasons against it
 * @param reasons why there is no plan, each a sentence for people with what to try; empty where there is one
 * @param choices the dtypes that the model is published in, in Dtype's order; empty where that isn't known
 * @param cached whether all bytes of the plan lie here already (always true on the server)
 */
public record PlaceOffer(
        String modelId,
        Device place,
        DeviceCapabilities capabilities,
        DtypePlan plan,
        List<String> reasons,
        List<DtypeChoice> choices,
        boolean cached) {
    public PlaceOffer {
        reasons = List.copyOf(reasons);
        choices = List.copyOf(choices);
        if ((plan == null) == reasons.isEmpty()) {
            throw new IllegalArgumentException(
                    "an offer has a plan or reasons why not: plan " + plan + ", reasons " + reasons);
        }
    }

    /** An offer with a plan. */
    public static PlaceOffer open(
            DeviceCapabilities capabilities, DtypePlan plan, List<DtypeChoice> choices, boolean cached) {
        return new PlaceOffer(
                plan.repo().toString(), plan.device(), capabilities, plan, List.of(), choices, cached);
    }

    /** A place that can't run the model as asked. */
    public static PlaceOffer closed(
            String modelId,
            Device place,
            DeviceCapabilities capabilities,
            List<String> reasons,
            List<DtypeChoice> choices) {
        return new PlaceOffer(modelId, place, capabilities, null, reasons, choices, false);
    }

    public boolean isOpen() {
        return plan != null;
    }

    /** Bytes that would still have to come over the network to this browser. */
    public long downloadBytes() {
        return plan == null || cached || place == Device.CPU ? 0 : plan.totalBytes();
    }

    /** Whether the place is a GPU drawn by the CPU: right, and very slow. */
    public boolean isSoftwareGpu() {
        return place == Device.WEBGPU && capabilities != null && capabilities.softwareAdapter();
    }
}
