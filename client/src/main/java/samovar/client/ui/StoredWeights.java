package samovar.client.ui;

import java.util.List;

/**
 * Weights that this browser keeps: a model's files of one dtype.
 *
 * @param dtype its label, or {@code all}
 * @param bytes that they take
 * @param whole false while a download of them is under way or waits to be gone on with
 * @param keys of the files, for {@link ModelPlaces#deleteStored}
 */
public record StoredWeights(String modelId, String dtype, long bytes, boolean whole, List<String> keys) {
    public StoredWeights {
        keys = List.copyOf(keys);
    }
}
