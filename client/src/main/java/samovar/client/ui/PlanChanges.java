package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypeSpec;
import samovar.dtype.PlannedModule;

/** In what a plan differs from what was asked. */
final class PlanChanges {
    private PlanChanges() {}

    /** {@code embed_tokens fp32 and vision_encoder fp32}; empty where the plan is as asked. */
    static String words(DtypeSpec asked, DtypePlan plan) {
        List<String> changes = new ArrayList<>();
        for (PlannedModule module : plan.modules()) {
            String wanted = asked.asked(module.name());
            String label = module.dtype().label();
            if (!wanted.equals(label) && !wanted.equals(Selection.AUTO)) {
                changes.add(module.name() + " " + label);
            }
        }
        int last = changes.size() - 1;
        return last < 1
                ? String.join("", changes)
                : String.join(", ", changes.subList(0, last)) + " and " + changes.get(last);
    }
}
