package samovar.dtype;

import java.util.List;

/** No plan can be made: every fault of the request, found before any weights moved. */
public final class DtypePlanException extends RuntimeException {
    private final List<PlanFault> faults;

    public DtypePlanException(List<PlanFault> faults) {
        super(message(faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults, at least one. */
    public List<PlanFault> faults() {
        return faults;
    }

    private static String message(List<PlanFault> faults) {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a plan fails for at least one fault");
        }
        StringBuilder message = new StringBuilder();
        for (PlanFault fault : faults) {
            message.append(message.length() == 0 ? "" : "\n").append(fault.message());
        }
        return message.toString();
    }
}
