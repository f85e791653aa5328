package samovar.client.ui;

import java.util.List;
import samovar.dtype.Dtype;

/**
 * The dtypes that one module of a model is published in.
 *
 * @param module its name, {@code vision_encoder} for example
 * @param choices in {@link Dtype}'s order, each with what stands against it in this place
 */
public record ModuleChoices(String module, List<DtypeChoice> choices) {
    public ModuleChoices {
        choices = List.copyOf(choices);
    }

    /** Whether a dtype of this name is there and runs in this place. */
    boolean runs(String dtype) {
        for (DtypeChoice choice : choices) {
            if (choice.dtype().label().equals(dtype)) {
                return choice.runs();
            }
        }
        return false;
    }

    /** Whether any dtype of the module runs in this place. */
    boolean hasRunning() {
        for (DtypeChoice choice : choices) {
            if (choice.runs()) {
                return true;
            }
        }
        return false;
    }
}
