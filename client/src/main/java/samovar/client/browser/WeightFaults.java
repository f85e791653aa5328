package samovar.client.browser;

import samovar.client.js.JsFault;
import samovar.dtype.PlannedFile;
import samovar.runtime.RuntimeFault;
import samovar.runtime.SessionRequest;

/** What can go wrong on the way of one file of weights, in words. */
final class WeightFaults {
    private final String file;
    private final long sizeBytes;

    WeightFaults(SessionRequest request, PlannedFile file) {
        this.file = file.path() + " of " + request.repo() + " at " + request.commit();
        this.sizeBytes = file.sizeBytes();
    }

    static RuntimeFault cancelled(SessionRequest request) {
        return new RuntimeFault(
                RuntimeFault.Kind.CANCELLED,
                "loading " + request.module().name() + " of " + request.repo() + " was cancelled");
    }

    RuntimeFault refused(int status) {
        return new RuntimeFault(
                RuntimeFault.Kind.MISSING_FILE,
                "fetching " + file + ": the server answered with status " + status + "; "
                        + (status == 404 ? "plan again, the model may have changed" : "try again in a moment"));
    }

    RuntimeFault broken(JsFault fault) {
        if (fault.name().equals("AbortError")) {
            return new RuntimeFault(RuntimeFault.Kind.CANCELLED, "fetching " + file + " was cancelled", fault);
        }
        return new RuntimeFault(
                RuntimeFault.Kind.MISSING_FILE,
                "fetching " + file + " broke off: " + fault.getMessage()
                        + "; check that the server is running, then load the model again",
                fault);
    }

    RuntimeFault wrongSize(long got) {
        return damaged("it has " + sizeBytes + " bytes, and " + got + " came");
    }

    RuntimeFault wrongHash(String sha256) {
        return damaged("its sha256 is " + sha256 + ", which is not the planned one");
    }

    private RuntimeFault damaged(String how) {
        return new RuntimeFault(
                RuntimeFault.Kind.DAMAGED_FILE, "fetching " + file + ": " + how + "; load the model again");
    }

    RuntimeFault tooLarge() {
        return new RuntimeFault(
                RuntimeFault.Kind.OUT_OF_MEMORY,
                file + " has " + sizeBytes
                        + " bytes, more than the 2147483647 that one file may have in a browser; try a"
                        + " smaller dtype, or let the server answer");
    }

    RuntimeFault outOfMemory(JsFault fault) {
        return new RuntimeFault(
                RuntimeFault.Kind.OUT_OF_MEMORY,
                "no memory for the " + sizeBytes + " bytes of " + file
                        + "; close other tabs, try a smaller dtype, or let the server answer",
                fault);
    }
}
