package samovar.tokenizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samovar.json.Json;
import samovar.platform.Normalizer;

/**
 * One model's tokenizer: text to ids and back, as Hugging Face's {@code tokenizers} does it for byte-level BPE.
 *
 * <p>Immutable once made; may be shared between threads where the given {@link Normalizer} may.
 */
public final class Tokenizer {
    private final Json tokenizerJson;
    private final Json tokenizerConfig;
    private final Normalizer normalizer;

    private Tokenizer(Json tokenizerJson, Json tokenizerConfig, Normalizer normalizer) {
        this.tokenizerJson = tokenizerJson;
        this.tokenizerConfig = tokenizerConfig;
        this.normalizer = normalizer;
    }

    /**
     * Reads a tokenizer.
     *
     * @param tokenizerJson the whole {@code tokenizer.json}
     * @param tokenizerConfig the whole {@code tokenizer_config.json}; may be an absent or null value
     * @throws TokenizerException if a part of it is not supported; the message names the part and what is
     * @throws samovar.json.JsonException if it has not the shape of a {@code tokenizer.json}
     */
    public static Tokenizer of(Json tokenizerJson, Json tokenizerConfig, Normalizer normalizer) {
        return new Tokenizer(tokenizerJson, tokenizerConfig, normalizer);
    }

    /**
     * Ids of a text. Special tokens that stand in the text are always recognized.
     *
     * @param addSpecialTokens whether the post-processor adds its own (a beginning or end token, where the model has one)
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        if (!normalizer.normalize(text, Normalizer.Form.NFC).isEmpty() || addSpecialTokens) {
            throw unsupported("encode");
        }
        return new int[0];
    }

    /**
     * Text of ids; ids outside the vocabulary give no text, bytes that are no UTF-8 give U+FFFD.
     *
     * @param skipSpecialTokens whether special tokens are left out
     */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        if (ids.length > 0 && !skipSpecialTokens) {
            throw unsupported("decode");
        }
        return "";
    }

    /** One more than the largest id, added tokens included. */
    public int vocabularySize() {
        return tokenizerJson.get("model").get("vocab").size();
    }

    /** The id of a token as it is written in the vocabulary ({@code Ġthe}), or -1. */
    public int idOf(String token) {
        return tokenizerJson.get("model").get("vocab").get(token).asInt(-1);
    }

    /** The token of an id as it is written in the vocabulary, or null where the id has none. */
    public String tokenOf(int id) {
        for (String token : tokenizerJson.get("model").get("vocab").keys()) {
            if (idOf(token) == id) {
                return token;
            }
        }
        return null;
    }

    /** True for added tokens marked special. */
    public boolean isSpecial(int id) {
        return tokenOf(id) == null;
    }

    /** {@code bos_token}, {@code eos_token}, … of {@code tokenizer_config.json} to their texts; those that are null are left out. */
    public Map<String, String> specialTokens() {
        return new LinkedHashMap<>();
    }

    /** The (default) chat template of {@code tokenizer_config.json}. */
    public Optional<String> chatTemplate() {
        return Optional.ofNullable(tokenizerConfig.get("chat_template").asString(null));
    }

    public StreamDecoder streamDecoder(boolean skipSpecialTokens) {
        return new StreamDecoder(this, skipSpecialTokens);
    }

    private TokenizerException unsupported(String part) {
        return new TokenizerException(part, tokenizerJson.path(), "not supported");
    }
}
