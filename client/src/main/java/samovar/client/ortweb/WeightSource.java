package samovar.client.ortweb;

import java.util.List;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.dtype.DtypePlan;
import samovar.runtime.LoadListener;
import samovar.runtime.SessionRequest;

/** Where the bytes of a planned module come from: the network, the browser's cache, a test. May await. */
public interface WeightSource {
    /**
     * Brings all files of a plan, of which {@link #fetch} will be asked module by module.
     *
     * @throws samovar.runtime.RuntimeFault as {@link #fetch} does, and STORAGE_FULL
     */
    void prepare(DtypePlan plan, LoadListener listener);

    /**
     * All files of the module, whole and of the planned sizes.
     *
     * @return one array per file of the plan, in its order; they become the caller's
     * @throws samovar.runtime.RuntimeFault MISSING_FILE, DAMAGED_FILE or OUT_OF_MEMORY, naming the file
     */
    List<Uint8Array> fetch(SessionRequest request, LoadListener listener);
}
