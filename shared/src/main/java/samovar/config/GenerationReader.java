package samovar.config;

import java.util.List;
import samovar.json.Json;

/** Reads the shapes that values have in generation_config.json; null stands for what the file leaves open. */
final class GenerationReader {
    private final Json json;

    GenerationReader(Json json) {
        this.json = json;
    }

    Boolean bool(String key) {
        Json value = json.get(key);
        return value.isNull() ? null : Boolean.valueOf(value.asBoolean());
    }

    Integer integer(String key) {
        Json value = json.get(key);
        return value.isNull() ? null : Integer.valueOf(value.asInt());
    }

    Double number(String key) {
        Json value = json.get(key);
        return value.isNull() ? null : Double.valueOf(value.asDouble());
    }

    List<Integer> ids(String key) {
        return ids(json.get(key));
    }

    List<List<Integer>> sequences(String key) {
        return json.get(key).listOf(GenerationReader::ids);
    }

    GenerationDefaults.EarlyStopping earlyStopping() {
        Json value = json.get("early_stopping");
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean()
                    ? GenerationDefaults.EarlyStopping.WHEN_FULL
                    : GenerationDefaults.EarlyStopping.WHEN_UNLIKELY_BETTER;
        }
        if (value.isString() && value.asString().equals("never")) {
            return GenerationDefaults.EarlyStopping.NEVER;
        }
        throw value.fault("expected true, false or \"never\"");
    }

    /** One id, or a list of ids; absent is an empty list. */
    static List<Integer> ids(Json value) {
        if (value.isNull()) {
            return List.of();
        }
        return value.isArray() ? List.copyOf(value.listOf(Json::asInt)) : List.of(value.asInt());
    }
}
