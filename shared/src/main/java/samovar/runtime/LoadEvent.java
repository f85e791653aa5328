package samovar.runtime;

/**
 * One step of loading a model.
 *
 * @param module the module's name, or empty for the whole model
 * @param loadedBytes bytes of this phase done so far
 * @param totalBytes all bytes of this phase, known before the first; 0 where bytes are not what the phase counts
 * @param fromCache whether the bytes came from a cache instead of the network
 */
public record LoadEvent(Phase phase, String module, long loadedBytes, long totalBytes, boolean fromCache) {
    /** In this order; a phase may be missing. */
    public enum Phase {
        LISTING,
        DOWNLOADING,
        VERIFYING,
        COMPILING,
        WARMING,
        READY;

        /** The lower-case name shown to people and written to the wire. */
        public String label() {
            return switch (this) {
                case LISTING -> "listing";
                case DOWNLOADING -> "downloading";
                case VERIFYING -> "verifying";
                case COMPILING -> "compiling";
                case WARMING -> "warming";
                case READY -> "ready";
            };
        }
    }
}
