package samovar.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;

/** All added tokens of a tokenizer, by id and by content, with a matcher for the text as given and one for the normalized text. */
final class AddedTokens {
    private final List<AddedToken> tokens;
    private final Map<String, Integer> ids = new HashMap<>();
    /** Id and 0 to the index in {@link #tokens}. */
    private final IntPairTable indexes;

    private final AddedTokenFinder inText;
    private final AddedTokenFinder inNormalizedText;
    private int size;

    private AddedTokens(List<AddedToken> tokens) {
        this.tokens = tokens;
        indexes = new IntPairTable(tokens.size());
        List<AddedToken> plain = new ArrayList<>();
        List<AddedToken> normalized = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            AddedToken token = tokens.get(i);
            ids.put(token.content(), token.id());
            indexes.put(token.id(), 0, i);
            size = Math.max(size, token.id() + 1);
            (token.normalized() ? normalized : plain).add(token);
        }
        inText = new AddedTokenFinder(plain);
        inNormalizedText = new AddedTokenFinder(normalized);
    }

    /** Reads {@code added_tokens}, a list that may be missing. */
    static AddedTokens read(Json list, Vocabulary vocabulary, TextNormalizer normalizer) {
        List<AddedToken> tokens = new ArrayList<>();
        for (AddedToken token : list.listOf(json -> AddedToken.read(json, vocabulary, normalizer))) {
            if (token.id() < 0) {
                throw list.fault("expected ids of 0 and more, found " + token.id() + " of \"" + token.content() + "\"");
            }
            if (!token.pattern().isEmpty()) {
                tokens.add(token);
            }
        }
        return new AddedTokens(tokens);
    }

    AddedTokenFinder inText() {
        return inText;
    }

    AddedTokenFinder inNormalizedText() {
        return inNormalizedText;
    }

    /** The token of an id, or null. */
    AddedToken get(int id) {
        int index = id < 0 ? IntPairTable.NONE : indexes.get(id, 0);
        return index < 0 ? null : tokens.get(index);
    }

    /** The id of a token, or -1. */
    int idOf(String content) {
        return ids.getOrDefault(content, Vocabulary.NONE);
    }

    /** One more than the largest id. */
    int size() {
        return size;
    }
}
