package samovar.client.ui;

import java.util.List;

/**
 * What this browser keeps of models.
 *
 * @param keeps false where it keeps nothing from one visit to the next
 * @param bytes of all of it
 * @param weights those of a model one after the other; of several dtypes the last entry stands for all
 */
public record Stored(boolean keeps, long bytes, List<StoredWeights> weights) {
    public Stored {
        weights = List.copyOf(weights);
    }
}
