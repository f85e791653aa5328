package samovar.client.ui;

/**
 * How far loading is.
 *
 * @param loadedBytes done in this phase, at most {@code totalBytes}
 * @param totalBytes of this phase, from the plan; 0 where the phase has no bytes to count
 * @param fromCache whether the bytes come from this browser's own store and not over the network
 */
public record LoadProgress(Phase phase, long loadedBytes, long totalBytes, boolean fromCache) {
    /** In this order; a phase may be missing. */
    public enum Phase {
        /** Listing, configuration and tokenizer. */
        LISTING("Reading the model's description"),
        DOWNLOADING("Fetching the weights"),
        VERIFYING("Checking the weights"),
        COMPILING("Preparing the model"),
        WARMING("Warming up"),
        READY("Ready");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** 0 to 1, or -1 where the phase has no bytes to count. */
    public double fraction() {
        return totalBytes <= 0 ? -1 : Math.min(1, (double) loadedBytes / totalBytes);
    }
}
