package samovar.tokenizer;

import java.util.ArrayList;
import java.util.List;
import samovar.json.Json;

/**
 * The {@code pre_tokenizer} of a {@code tokenizer.json}: cuts the text into the pieces that are encoded each for itself. Its
 * last part is ByteLevel, which is what makes the model a byte-level one. Immutable.
 */
final class PreTokenizer {
    private static final String SUPPORTED =
            "supported are Split, Digits, Punctuation, Whitespace, WhitespaceSplit, ByteLevel (last) and"
                    + " Sequence of them";
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    /** {@code \w+|[^\w\s]+}. */
    private static final Pattern WORDS_AND_SIGNS = new Pattern.Choice(List.of(
            new Pattern.Chars(CharSet.WORD, 1, Pattern.Chars.UNLIMITED, false),
            new Pattern.Chars(CharSet.NEITHER_WORD_NOR_SPACE, 1, Pattern.Chars.UNLIMITED, false)));

    private final List<Splitter> splitters = new ArrayList<>();
    /** Those that come after the space before the text, where {@link #prefixesSpace}. */
    private final List<Splitter> afterPrefix = new ArrayList<>();

    private boolean prefixesSpace;
    private boolean byteLevel;

    private PreTokenizer() {}

    static PreTokenizer read(Json json) {
        PreTokenizer read = new PreTokenizer();
        if (!json.isNull()) {
            read.add(json);
        }
        if (!read.byteLevel) {
            throw new TokenizerException(
                    "pre_tokenizer without ByteLevel", json.path(), "only byte-level BPE is supported; " + SUPPORTED);
        }
        return read;
    }

    private void add(Json json) {
        String type = json.get("type").asString();
        if (byteLevel) {
            throw new TokenizerException("pre_tokenizer \"" + type + "\" after ByteLevel", json.path(), SUPPORTED);
        }
        switch (type) {
            case "Sequence" -> json.get("pretokenizers").elements().forEach(this::add);
            case "Split" ->
                splitters.add(Splitter.of(
                        Replacement.patternOf(json.get("pattern")),
                        Splitter.Behavior.of(json.get("behavior")),
                        json.get("invert").asBoolean(false),
                        json.get("pattern")));
            case "Digits" ->
                splitters.add(set(
                        json,
                        CharSet.NUMERIC,
                        json.get("individual_digits").asBoolean(false)
                                ? Splitter.Behavior.ISOLATED
                                : Splitter.Behavior.CONTIGUOUS));
            case "Punctuation" ->
                splitters.add(set(
                        json,
                        CharSet.PUNCTUATION,
                        json.get("behavior").isNull()
                                ? Splitter.Behavior.ISOLATED
                                : Splitter.Behavior.of(json.get("behavior"))));
            case "Whitespace" -> splitters.add(Splitter.of(WORDS_AND_SIGNS, Splitter.Behavior.REMOVED, true, json));
            case "WhitespaceSplit" -> splitters.add(set(json, CharSet.SPACE, Splitter.Behavior.REMOVED));
            case "ByteLevel" -> byteLevel(json);
            default ->
                throw new TokenizerException(
                        "pre_tokenizer \"" + type + "\"", json.path(), "not supported; " + SUPPORTED);
        }
    }

    private static Splitter set(Json json, CharSet set, Splitter.Behavior behavior) {
        return Splitter.of(Pattern.Chars.one(set), behavior, false, json);
    }

    private void byteLevel(Json json) {
        byteLevel = true;
        prefixesSpace = json.get("add_prefix_space").asBoolean(true);
        if (json.get("use_regex").asBoolean(true)) {
            Splitter words = Splitter.of(PatternParser.parse(GPT2, json), Splitter.Behavior.ISOLATED, false, json);
            (prefixesSpace ? afterPrefix : splitters).add(words);
        }
    }

    /** Cuts a text that is not empty and appends the ids of its pieces. */
    void encode(char[] text, int from, int to, BytePairEncoder encoder, IntList out) {
        IntList pieces = split(splitters, text, from, to);
        for (int i = 0; i < pieces.size(); i += 2) {
            if (prefixesSpace) {
                encodeWithSpace(text, pieces.get(i), pieces.get(i + 1), encoder, out);
            } else {
                encoder.encode(text, pieces.get(i), pieces.get(i + 1), out);
            }
        }
    }

    private void encodeWithSpace(char[] text, int from, int to, BytePairEncoder encoder, IntList out) {
        int prefix = text[from] == ' ' ? 0 : 1;
        char[] prefixed = new char[to - from + prefix];
        prefixed[0] = ' ';
        System.arraycopy(text, from, prefixed, prefix, to - from);
        IntList pieces = split(afterPrefix, prefixed, 0, prefixed.length);
        for (int i = 0; i < pieces.size(); i += 2) {
            encoder.encode(prefixed, pieces.get(i), pieces.get(i + 1), out);
        }
    }

    private static IntList split(List<Splitter> splitters, char[] text, int from, int to) {
        IntList pieces = new IntList(16);
        pieces.add(from);
        pieces.add(to);
        for (Splitter splitter : splitters) {
            IntList finer = new IntList(pieces.size() * 2);
            for (int i = 0; i < pieces.size(); i += 2) {
                splitter.split(text, pieces.get(i), pieces.get(i + 1), finer);
            }
            pieces = finer;
        }
        return pieces;
    }
}
