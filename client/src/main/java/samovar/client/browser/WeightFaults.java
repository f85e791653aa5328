package samovar.client.browser;

import samovar.client.js.JsFault;
import samovar.hub.RepoId;
import samovar.runtime.RuntimeFault;

/** What can go wrong on the way of weights; the store has put it into words already. */
final class WeightFaults {
    private WeightFaults() {}

    static RuntimeFault cancelled(RepoId repo) {
        return new RuntimeFault(RuntimeFault.Kind.CANCELLED, "loading " + repo + " was cancelled");
    }

    static RuntimeFault of(JsFault fault) {
        return new RuntimeFault(kind(fault.name()), fault.getMessage(), fault);
    }

    private static RuntimeFault.Kind kind(String name) {
        return switch (name) {
            case "AbortError" -> RuntimeFault.Kind.CANCELLED;
            case "Damaged" -> RuntimeFault.Kind.DAMAGED_FILE;
            case "Full" -> RuntimeFault.Kind.STORAGE_FULL;
            case "OutOfMemory" -> RuntimeFault.Kind.OUT_OF_MEMORY;
            default -> RuntimeFault.Kind.MISSING_FILE;
        };
    }

    static RuntimeFault tooLarge(String path, long sizeBytes) {
        return new RuntimeFault(
                RuntimeFault.Kind.OUT_OF_MEMORY,
                path + " has " + sizeBytes
                        + " bytes, more than the 2147483647 that one file may have in a browser; try a"
                        + " smaller dtype, or let the server answer");
    }
}
