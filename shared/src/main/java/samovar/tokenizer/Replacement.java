package samovar.tokenizer;

import samovar.json.Json;

/** {@code Replace}, as normalizers and decoders have it: every match of a pattern gives way to a text. Immutable. */
final class Replacement {
    private final Matcher matcher;
    private final String content;

    private Replacement(Matcher matcher, String content) {
        this.matcher = matcher;
        this.content = content;
    }

    static Replacement read(Json json) {
        return new Replacement(
                Matcher.of(patternOf(json.get("pattern"))), json.get("content").asString());
    }

    /** Reads {@code {"String": "…"}} or {@code {"Regex": "…"}}. */
    static Pattern patternOf(Json json) {
        Json literal = json.get("String");
        if (literal.isPresent()) {
            return PatternParser.literal(literal.asString());
        }
        return PatternParser.parse(json.get("Regex").asString(), json);
    }

    String apply(String text) {
        char[] chars = text.toCharArray();
        StringBuilder out = new StringBuilder(chars.length);
        int at = 0;
        while (at < chars.length) {
            int end = matcher.match(chars, at, chars.length);
            if (end > at) {
                out.append(content);
                at = end;
            } else {
                out.append(chars[at++]);
            }
        }
        return out.toString();
    }
}
