package samovar.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Models that consist of the same ONNX modules and are run the same way. What tells families apart is data: the modules,
 * in the order in which they run, each named as its file's stem in the repository's {@code onnx/} folder.
 */
public enum ModelFamily {
    /** Language models: one module that holds embedding, layers and head, with a KV cache. */
    DECODER_ONLY("decoder-only", ModelFamily.MODEL),
    /** T5, BART, Marian and their kin. */
    ENCODER_DECODER("encoder-decoder", ModelFamily.ENCODER_MODEL, ModelFamily.DECODER_MODEL_MERGED),
    /** Florence-2: image features and embedded prompt are joined before the encoder. */
    FLORENCE_2(
            "florence-2",
            ModelFamily.EMBED_TOKENS,
            ModelFamily.VISION_ENCODER,
            ModelFamily.ENCODER_MODEL,
            ModelFamily.DECODER_MODEL_MERGED),
    /** Speech to text; the modules of an encoder-decoder, fed with spectrograms. */
    WHISPER("whisper", ModelFamily.ENCODER_MODEL, ModelFamily.DECODER_MODEL_MERGED),
    /** Text encoders run once: embeddings, classification, token labels. */
    ENCODER_ONLY("encoder-only", ModelFamily.MODEL);

    public static final String MODEL = "model";
    public static final String EMBED_TOKENS = "embed_tokens";
    public static final String VISION_ENCODER = "vision_encoder";
    public static final String ENCODER_MODEL = "encoder_model";
    public static final String DECODER_MODEL_MERGED = "decoder_model_merged";

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> modules;

    ModelFamily(String label, String... modules) {
        this.label = label;
        this.modules = List.of(modules);
    }

    /** The family's name in plans and messages, for example {@code decoder-only}. */
    public String label() {
        return label;
    }

    /** The modules' names, in the order in which they run. */
    public List<String> modules() {
        return modules;
    }

    /** The module that makes tokens and keeps the KV cache; the only module of an encoder. */
    public String lastModule() {
        return modules.get(modules.size() - 1);
    }

    /** True where an encoder's output feeds a decoder. */
    public boolean hasEncoderAndDecoder() {
        return modules.contains(ENCODER_MODEL);
    }

    /** True where tokens are made one by one. */
    public boolean generates() {
        return this != ENCODER_ONLY;
    }

    /** The family of this label, as {@link #label} gives it. */
    public static ModelFamily of(String label) {
        List<String> labels = new ArrayList<>();
        for (ModelFamily family : values()) {
            if (family.label.equals(label)) {
                return family;
            }
            labels.add(family.label);
        }
        throw new ConfigException(
                label, labels, "unknown model family \"" + label + "\"; known: " + String.join(", ", labels));
    }
}
