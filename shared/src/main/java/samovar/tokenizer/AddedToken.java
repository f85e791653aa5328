package samovar.tokenizer;

import samovar.json.Json;

/**
 * A token that is cut out of the text before the model sees it.
 *
 * @param content as it stands in the text
 * @param pattern what is looked for: the content, normalized where {@code normalized}
 * @param singleWord only where no word character stands beside it
 * @param lstrip takes the white space before it along
 * @param rstrip takes the white space after it along
 * @param normalized looked for in the normalized text, else in the text as given
 * @param special left out of decoded text on demand
 */
record AddedToken(
        int id,
        String content,
        String pattern,
        boolean singleWord,
        boolean lstrip,
        boolean rstrip,
        boolean normalized,
        boolean special) {

    /** Reads one of {@code added_tokens}; a token that the model's vocabulary has too keeps the id it has there. */
    static AddedToken read(Json json, Vocabulary vocabulary, TextNormalizer normalizer) {
        String content = json.get("content").asString();
        int known = vocabulary.idOf(content);
        boolean special = json.get("special").asBoolean(false);
        boolean normalized = json.get("normalized").asBoolean(!special);
        return new AddedToken(
                known >= 0 ? known : json.get("id").asInt(),
                content,
                normalized ? normalizer.apply(content) : content,
                json.get("single_word").asBoolean(false),
                json.get("lstrip").asBoolean(false),
                json.get("rstrip").asBoolean(false),
                normalized,
                special);
    }
}
