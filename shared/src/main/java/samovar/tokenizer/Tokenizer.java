package samovar.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import samovar.json.Json;
import samovar.platform.Normalizer;

/**
 * One model's tokenizer: text to ids and back, equal to Hugging Face's {@code tokenizers} for byte-level BPE. What of a {@code
 * tokenizer.json} is not supported is refused when it is loaded. Its {@code truncation} and {@code padding} are not applied.
 *
 * <p>Does not change once made, and may be shared between threads where the given {@link Normalizer} may.
 */
public final class Tokenizer {
    private final TextNormalizer normalizer;
    private final PreTokenizer preTokenizer;
    private final BytePairModel model;
    private final AddedTokens added;
    private final int[] before;
    private final int[] after;
    private final TokenDecoder decoder;
    private final TokenizerConfig config;

    /** The encoder that nobody is using, or null: its cache is worth keeping, and each thread needs its own. */
    private final AtomicReference<BytePairEncoder> idle = new AtomicReference<>();

    private Tokenizer(Json json, TokenizerConfig config, Normalizer platform) {
        this.config = config;
        ByteAlphabet alphabet = new ByteAlphabet();
        normalizer = TextNormalizer.read(json.get("normalizer"), platform);
        preTokenizer = PreTokenizer.read(json.get("pre_tokenizer"));
        decoder = TokenDecoder.read(json.get("decoder"), alphabet);
        PostProcessor postProcessor = PostProcessor.read(json.get("post_processor"));
        before = postProcessor.before();
        after = postProcessor.after();
        model = BytePairModel.read(json.get("model"), alphabet);
        added = AddedTokens.read(json.get("added_tokens"), model.vocabulary(), normalizer);
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
        return new Tokenizer(tokenizerJson, TokenizerConfig.read(tokenizerConfig), normalizer);
    }

    /**
     * Ids of a text. Added tokens that stand in the text are recognized, the special ones too.
     *
     * @param addSpecialTokens whether the post-processor adds its own (a beginning or end token, where the model has one)
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        BytePairEncoder kept = idle.getAndSet(null);
        BytePairEncoder encoder = kept != null ? kept : new BytePairEncoder(model);
        IntList ids = new IntList(text.length() / 3 + 16);
        if (addSpecialTokens) {
            ids.addAll(before, 0, before.length);
        }
        char[] chars = text.toCharArray();
        IntList segments = new IntList(16);
        added.inText().segment(chars, 0, chars.length, segments);
        for (int i = 0; i < segments.size(); i += 3) {
            if (segments.get(i + 2) >= 0) {
                ids.add(segments.get(i + 2));
            } else {
                encodeSegment(chars, segments.get(i), segments.get(i + 1), encoder, ids);
            }
        }
        if (addSpecialTokens) {
            ids.addAll(after, 0, after.length);
        }
        idle.set(encoder);
        return ids.toArray();
    }

    /** {@link #encode(String, boolean)} of each text, with the special tokens: {@code "<s>"} and {@code "</s>"} around it, say. */
    public List<int[]> encode(List<String> texts) {
        List<int[]> ids = new ArrayList<>(texts.size());
        for (String text : texts) {
            ids.add(encode(text, true));
        }
        return ids;
    }

    private void encodeSegment(char[] text, int from, int to, BytePairEncoder encoder, IntList ids) {
        if (normalizer.leaves(text, from, to)) {
            encodeNormalized(text, from, to, encoder, ids);
        } else {
            char[] normalized =
                    normalizer.apply(new String(text, from, to - from)).toCharArray();
            encodeNormalized(normalized, 0, normalized.length, encoder, ids);
        }
    }

    private void encodeNormalized(char[] text, int from, int to, BytePairEncoder encoder, IntList ids) {
        IntList segments = new IntList(16);
        added.inNormalizedText().segment(text, from, to, segments);
        for (int i = 0; i < segments.size(); i += 3) {
            if (segments.get(i + 2) >= 0) {
                ids.add(segments.get(i + 2));
            } else {
                preTokenizer.encode(text, segments.get(i), segments.get(i + 1), encoder, ids);
            }
        }
    }

    /**
     * Text of ids; ids outside the vocabulary give no text, bytes that are no UTF-8 give U+FFFD.
     *
     * @param skipSpecialTokens whether special tokens are left out
     */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        StreamDecoder stream = new StreamDecoder(this, skipSpecialTokens);
        for (int id : ids) {
            stream.append(id);
        }
        return stream.finish();
    }

    /** {@link #decode} of each list of ids. */
    public List<String> batchDecode(List<int[]> ids, boolean skipSpecialTokens) {
        List<String> texts = new ArrayList<>(ids.size());
        for (int[] one : ids) {
            texts.add(decode(one, skipSpecialTokens));
        }
        return texts;
    }

    /** A decoder for a text whose ids come one by one. */
    public StreamDecoder streamDecoder(boolean skipSpecialTokens) {
        return new StreamDecoder(this, skipSpecialTokens);
    }

    /** A decoder that gives no text for these ids, and for other special tokens what they are written as. */
    public StreamDecoder streamDecoderWithout(int... ids) {
        return new StreamDecoder(this, false, ids);
    }

    /** The bytes that a token stands for, or null where it gives none. */
    byte[] bytesOf(int id, boolean skipSpecialTokens) {
        AddedToken token = added.get(id);
        if (token != null) {
            return skipSpecialTokens && token.special() ? null : decoder.bytesOf(token.pattern());
        }
        String text = model.vocabulary().tokenOf(id);
        return text == null ? null : decoder.bytesOf(text);
    }

    BytePairModel model() {
        return model;
    }

    byte[] separator() {
        return decoder.separator();
    }

    /** One more than the largest id, added tokens included. */
    public int vocabularySize() {
        return Math.max(model.vocabulary().size(), added.size());
    }

    /** The id of a token as it is written in the vocabulary ({@code Ġthe}), or -1. */
    public int idOf(String token) {
        int id = added.idOf(token);
        return id >= 0 ? id : model.vocabulary().idOf(token);
    }

    /** The token of an id as it is written in the vocabulary, or null where the id has none. */
    public String tokenOf(int id) {
        AddedToken token = added.get(id);
        return token != null ? token.content() : model.vocabulary().tokenOf(id);
    }

    /** True for added tokens marked special. */
    public boolean isSpecial(int id) {
        AddedToken token = added.get(id);
        return token != null && token.special();
    }

    /** {@code bos_token}, {@code eos_token}, … of {@code tokenizer_config.json} to their texts; those that are null are left out. */
    public Map<String, String> specialTokens() {
        return config.specialTokens();
    }

    /** The chat template of {@code tokenizer_config.json}; of several, the one named {@code default}, or the only one. */
    public Optional<String> chatTemplate() {
        return config.chatTemplate();
    }
}
