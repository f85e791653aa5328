package samovar.runtime;

import java.util.Map;
import java.util.Set;
import samovar.dtype.PlannedModule;
import samovar.hub.RepoId;

/**
 * One module to be opened.
 *
 * @param commit the revision whose files the plan names
 * @param hostOutputs names of outputs that every run brings back to Java memory ({@code logits}); all others stay
 *     where the model runs
 * @param graphEdit what a runtime may open instead of the graph's file, if it can afford a copy of it
 * @param freeDimensions sizes for symbolic dimensions, by name; empty for none
 */
public record SessionRequest(
        RepoId repo,
        String commit,
        PlannedModule module,
        Set<String> hostOutputs,
        GraphEdit graphEdit,
        Map<String, Long> freeDimensions) {
    public SessionRequest {
        hostOutputs = Set.copyOf(hostOutputs);
        freeDimensions = Map.copyOf(freeDimensions);
    }

    /** A request for the graph as it is. */
    public SessionRequest(
            RepoId repo,
            String commit,
            PlannedModule module,
            Set<String> hostOutputs,
            Map<String, Long> freeDimensions) {
        this(repo, commit, module, hostOutputs, GraphEdit.NONE, freeDimensions);
    }
}
