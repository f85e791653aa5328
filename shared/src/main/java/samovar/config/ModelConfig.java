package samovar.config;

import java.util.List;
import java.util.OptionalInt;
import samovar.json.Json;

/**
 * {@code config.json}: what a model is. Where a model wraps a language model in {@code text_config}, the numbers are the
 * language model's; for an encoder-decoder they are the decoder's, whose KV cache they size.
 *
 * <p>Type and family are read at once; a number is read when it is asked for, and one that the file lacks is an error
 * which names the keys looked for. Immutable; may be shared between threads.
 */
public final class ModelConfig {
    private final Json json;
    private final Json text;
    private final String modelType;
    private final List<String> architectures;
    private final ModelFamily family;

    private ModelConfig(Json json) {
        this.json = json;
        this.text = json.get("text_config").isObject() ? json.get("text_config") : json;
        this.modelType = json.get("model_type").asString("");
        this.architectures = json.get("architectures").listOf(Json::asString);
        this.family = Families.of(json, modelType, architectures);
    }

    /**
     * Reads config.json.
     *
     * @throws ConfigException if the model type is not supported; the message names it and lists the families
     * @throws samovar.json.JsonException if a field has another type than it should
     */
    public static ModelConfig of(Json configJson) {
        return new ModelConfig(configJson);
    }

    /** {@link #of(Json)} of a text. */
    public static ModelConfig parse(String configJson) {
        return new ModelConfig(Json.parse(configJson, "config.json"));
    }

    public String modelType() {
        return modelType;
    }

    /** Class names of the original implementation, the first being the one exported; often one, perhaps none. */
    public List<String> architectures() {
        return architectures;
    }

    public ModelFamily family() {
        return family;
    }

    /** Number of layers with a KV cache. */
    public int layers() {
        return number("decoder_layers", "num_decoder_layers", "num_hidden_layers", "n_layer", "num_layers", "n_layers");
    }

    /** Number of query heads per layer. */
    public int attentionHeads() {
        return number("decoder_attention_heads", "num_attention_heads", "n_head", "num_heads", "n_heads");
    }

    /** Number of key and value heads per layer; the query heads where the file names no other number. */
    public int kvHeads() {
        OptionalInt kvHeads = find(text, "num_key_value_heads", "num_kv_heads");
        if (kvHeads.isPresent()) {
            return kvHeads.getAsInt();
        }
        return text.get("multi_query").asBoolean(false) ? 1 : attentionHeads();
    }

    /** Width of one head: said so, or hidden size over heads. */
    public int headDim() {
        OptionalInt headDim = find(text, "head_dim", "d_kv");
        if (headDim.isPresent()) {
            return headDim.getAsInt();
        }
        int heads = attentionHeads();
        if (heads < 1 || hiddenSize() % heads != 0) {
            throw text.fault("hidden size " + hiddenSize() + " does not divide into " + heads + " attention heads");
        }
        return hiddenSize() / heads;
    }

    /** Width of a token's embedding. */
    public int hiddenSize() {
        return number("hidden_size", "d_model", "n_embd", "dim");
    }

    /** Rows of the embedding table; at least as many as the tokenizer has tokens. */
    public int vocabSize() {
        return number("vocab_size");
    }

    /** Most positions, prompt and answer together, where the file gives a limit. */
    public OptionalInt maxPositions() {
        return find(
                text,
                "max_position_embeddings",
                "max_target_positions",
                "n_positions",
                "n_ctx",
                "max_seq_len",
                "seq_length");
    }

    /** Ids that end an answer; empty where the file names none. */
    public List<Integer> eosTokenIds() {
        return GenerationReader.ids(orOuter("eos_token_id"));
    }

    public OptionalInt bosTokenId() {
        return firstId("bos_token_id");
    }

    public OptionalInt padTokenId() {
        return firstId("pad_token_id");
    }

    public OptionalInt decoderStartTokenId() {
        return firstId("decoder_start_token_id");
    }

    /** The whole file. */
    public Json json() {
        return json;
    }

    /** The part that describes the language model: {@code text_config}, or the whole file. */
    public Json textJson() {
        return text;
    }

    /** A whole number under the first of these keys that the language model's part has. */
    public int number(String... keys) {
        OptionalInt found = find(text, keys);
        if (found.isEmpty()) {
            throw new ConfigException(
                    keys[0],
                    List.of(keys),
                    text.path() + ": needs one of " + String.join(", ", keys) + " for the model type " + modelType);
        }
        return found.getAsInt();
    }

    private OptionalInt firstId(String key) {
        List<Integer> ids = GenerationReader.ids(orOuter(key));
        return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.get(0));
    }

    private Json orOuter(String key) {
        return text.get(key).isNull() ? json.get(key) : text.get(key);
    }

    private static OptionalInt find(Json where, String... keys) {
        for (String key : keys) {
            Json value = where.get(key);
            if (!value.isNull()) {
                return OptionalInt.of(value.asInt());
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public String toString() {
        return modelType + " (" + family.label() + ")";
    }
}
