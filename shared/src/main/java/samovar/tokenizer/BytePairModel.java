package samovar.tokenizer;

import java.util.List;
import samovar.json.Json;

/** The {@code model} of a {@code tokenizer.json}: byte-level BPE. Immutable. */
final class BytePairModel {
    private final Vocabulary vocabulary;
    private final ByteAlphabet alphabet;
    /** Two neighbouring ids to the rank of their merge, 0 being the first. */
    private final IntPairTable ranks;
    /** By rank: the id that the two become. */
    private final int[] merged;

    private final int[] byteIds = new int[256];
    private final int unknownId;
    private final boolean fusesUnknown;
    private final boolean ignoresMerges;

    private BytePairModel(Json model, Vocabulary vocabulary, ByteAlphabet alphabet) {
        this.vocabulary = vocabulary;
        this.alphabet = alphabet;
        Json merges = model.get("merges");
        ranks = new IntPairTable(merges.size());
        merged = new int[merges.size()];
        for (int b = 0; b < 256; b++) {
            byteIds[b] = vocabulary.idOf(String.valueOf(alphabet.charOf(b)));
        }
        Json unknown = model.get("unk_token");
        unknownId = unknown.isNull() ? Vocabulary.NONE : vocabulary.idOf(unknown.asString());
        fusesUnknown = model.get("fuse_unk").asBoolean(false);
        ignoresMerges = model.get("ignore_merges").asBoolean(false);
    }

    static BytePairModel read(Json model, ByteAlphabet alphabet) {
        String type = model.get("type").asString("BPE");
        if (!type.equals("BPE")) {
            throw new TokenizerException("model \"" + type + "\"", model.path(), "not supported; byte-level BPE is");
        }
        refuseText(model, "continuing_subword_prefix");
        refuseText(model, "end_of_word_suffix");
        if (model.get("byte_fallback").asBoolean(false)) {
            throw new TokenizerException(
                    "byte_fallback",
                    model.path(),
                    "not supported; models whose vocabulary is written in bytes need none");
        }
        if (model.get("dropout").asDouble(0) != 0) {
            throw new TokenizerException("dropout", model.path(), "not supported; supported are null and 0");
        }
        BytePairModel read = new BytePairModel(model, Vocabulary.read(model.get("vocab")), alphabet);
        read.readMerges(model.get("merges"));
        return read;
    }

    private static void refuseText(Json model, String name) {
        if (!model.get(name).asString("").isEmpty()) {
            throw new TokenizerException(
                    name + " \"" + model.get(name).asString() + "\"",
                    model.path(),
                    "not supported; supported are null and \"\"");
        }
    }

    /** Merges are {@code "a b"} or {@code ["a", "b"]}; read from the plain values, since there are hundreds of thousands. */
    private void readMerges(Json merges) {
        char[] pair = new char[256];
        List<?> list = (List<?>) merges.raw();
        for (int rank = 0; rank < list.size(); rank++) {
            Object merge = list.get(rank);
            String left = "";
            String right = "";
            if (merge instanceof String text && text.indexOf(' ') == text.lastIndexOf(' ') && text.indexOf(' ') >= 0) {
                left = text.substring(0, text.indexOf(' '));
                right = text.substring(text.indexOf(' ') + 1);
            } else if (merge instanceof List<?> two
                    && two.size() == 2
                    && two.get(0) instanceof String first
                    && two.get(1) instanceof String second) {
                left = first;
                right = second;
            } else {
                throw merges.get(rank).fault("expected a merge, \"a b\" or [\"a\", \"b\"]");
            }
            int length = left.length() + right.length();
            pair = pair.length < length ? new char[length * 2] : pair;
            left.getChars(0, left.length(), pair, 0);
            right.getChars(0, right.length(), pair, left.length());
            int leftId = vocabulary.idOf(pair, 0, left.length());
            int rightId = vocabulary.idOf(pair, left.length(), length);
            int mergedId = vocabulary.idOf(pair, 0, length);
            if (leftId < 0 || rightId < 0 || mergedId < 0) {
                throw new TokenizerException(
                        "merge \"" + left + " " + right + "\"",
                        merges.get(rank).path(),
                        "both parts and their union must be in the vocabulary");
            }
            ranks.put(leftId, rightId, rank);
            merged[rank] = mergedId;
        }
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    ByteAlphabet alphabet() {
        return alphabet;
    }

    /** The rank of the merge of two neighbours, or {@link IntPairTable#NONE}. */
    int rankOf(int left, int right) {
        return ranks.get(left, right);
    }

    int mergedAt(int rank) {
        return merged[rank];
    }

    /** The id of a single byte, or -1: such a byte is {@link #unknownId()}, or left out where there is none. */
    int idOfByte(int unsignedByte) {
        return byteIds[unsignedByte];
    }

    int unknownId() {
        return unknownId;
    }

    boolean fusesUnknown() {
        return fusesUnknown;
    }

    /** Whether a piece that is a token as a whole is not put together by merges. */
    boolean ignoresMerges() {
        return ignoresMerges;
    }
}
