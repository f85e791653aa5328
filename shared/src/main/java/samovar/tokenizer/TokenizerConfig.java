package samovar.tokenizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samovar.json.Json;

/** What {@code tokenizer_config.json} adds to {@code tokenizer.json}: names of special tokens and the chat template. */
record TokenizerConfig(Map<String, String> specialTokens, Optional<String> chatTemplate) {
    TokenizerConfig {
        specialTokens = Collections.unmodifiableMap(new LinkedHashMap<>(specialTokens));
    }

    static TokenizerConfig read(Json json) {
        Map<String, String> tokens = new LinkedHashMap<>();
        if (!json.isNull()) {
            for (String name : json.keys()) {
                Json value = json.get(name);
                Json content = value.isObject() ? value.get("content") : value;
                if (name.endsWith("_token") && content.isString()) {
                    tokens.put(name, content.asString());
                }
            }
        }
        return new TokenizerConfig(tokens, templateOf(json.get("chat_template")));
    }

    /** A text, or a list of named ones: then the one named {@code default}, or the only one. */
    private static Optional<String> templateOf(Json json) {
        if (!json.isArray()) {
            return Optional.ofNullable(json.asString(null));
        }
        for (Json named : json.elements()) {
            if (named.get("name").asString().equals("default") || json.size() == 1) {
                return Optional.of(named.get("template").asString());
            }
        }
        return Optional.empty();
    }
}
