package samovar.model;

import java.util.List;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorInfo;

/** Names of the inputs and outputs of Florence-2's modules, and what is said where one is missing. */
final class Florence2Names {
    static final String INPUT_IDS = "input_ids";
    static final String INPUTS_EMBEDS = "inputs_embeds";
    static final String PIXEL_VALUES = "pixel_values";
    static final String IMAGE_FEATURES = "image_features";
    static final String ATTENTION_MASK = "attention_mask";
    static final String LAST_HIDDEN_STATE = "last_hidden_state";
    static final String ENCODER_HIDDEN_STATES = "encoder_hidden_states";
    static final String ENCODER_ATTENTION_MASK = "encoder_attention_mask";
    static final String USE_CACHE_BRANCH = "use_cache_branch";
    static final String LOGITS = "logits";

    private Florence2Names() {}

    /** @throws RuntimeFault UNSUPPORTED_MODEL if the graph has an input of another name */
    static void knowAll(Session session, String module, String... known) {
        for (TensorInfo input : session.inputs()) {
            boolean found = input.name().startsWith(KvCache.PAST) && module.startsWith("decoder");
            for (String name : known) {
                found |= name.equals(input.name());
            }
            if (!found) {
                throw unsupported("has a module " + module + " that wants the input " + input.name() + "; known are "
                        + String.join(", ", List.of(known)));
            }
        }
    }

    static int input(Session session, String module, String name) {
        return require(session.inputIndex(name), module, "input " + name);
    }

    static int output(Session session, String module, String name) {
        return require(session.outputIndex(name), module, "output " + name);
    }

    private static int require(int index, String module, String what) {
        if (index < 0) {
            throw unsupported("has a module " + module + " without the " + what);
        }
        return index;
    }

    static RuntimeFault unsupported(String problem) {
        return new RuntimeFault(RuntimeFault.Kind.UNSUPPORTED_MODEL, "this Florence-2 " + problem);
    }
}
