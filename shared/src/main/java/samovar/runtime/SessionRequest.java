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
 * @param lastRowOutputs names of outputs {@code [batch, tokens, width]} of which only the last token's row is read; a
 *     runtime may compute no other, and then gives 1 for their tokens
 * @param freeDimensions sizes for symbolic dimensions, by name; empty for none
 */
public record SessionRequest(
        RepoId repo,
        String commit,
        PlannedModule module,
        Set<String> hostOutputs,
        Set<String> lastRowOutputs,
        Map<String, Long> freeDimensions) {
    public SessionRequest {
        hostOutputs = Set.copyOf(hostOutputs);
        lastRowOutputs = Set.copyOf(lastRowOutputs);
        freeDimensions = Map.copyOf(freeDimensions);
    }

    /** A request that reads all of every output. */
    public SessionRequest(
            RepoId repo,
            String commit,
            PlannedModule module,
            Set<String> hostOutputs,
            Map<String, Long> freeDimensions) {
        this(repo, commit, module, hostOutputs, Set.of(), freeDimensions);
    }
}
