package samovar.client.browser;

import samovar.dtype.DtypePlan;
import samovar.dtype.PlannedFile;
import samovar.hub.HubUrls;
import samovar.hub.Revision;

/** Whether a plan's weights lie in this browser from an earlier visit. */
public final class KeptWeights {
    private final ModelCache cache = new ModelCache();

    /** True where all files of the plan are kept. Awaits. */
    public boolean has(DtypePlan plan) {
        Revision commit = new Revision(plan.commit());
        for (PlannedFile file : plan.files()) {
            if (cache.find(HubUrls.cacheKey(plan.repo(), commit, file.path())) == null) {
                return false;
            }
        }
        return true;
    }
}
