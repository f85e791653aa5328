package samovar.client.ui;

import samovar.dtype.Dtype;

/**
 * One dtype that a model is published in.
 *
 * @param sizeBytes of all modules together
 * @param reason why it can't run in this place; empty where it can
 */
public record DtypeChoice(Dtype dtype, long sizeBytes, String reason) {
    public boolean runs() {
        return reason.isEmpty();
    }
}
