package samovar.client.ui;

import java.util.EnumMap;
import java.util.Map;
import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.json.JsonException;

/**
 * What the visitor has typed into the sampling fields. Settings come only from fields without a problem.
 *
 * <p>Where a model's generation_config.json says nothing about sampling, transformers takes the likeliest token always, and small
 * models then repeat themselves without end. The page asks for a mild sampling instead, and shows it as the field's value.
 */
final class SamplingForm {
    private static final int MAX_NEW_TOKENS = 1024;
    private static final GenerationSettings MILD = GenerationSettings.builder()
            .doSample(true)
            .temperature(0.2)
            .topP(0.9)
            .repetitionPenalty(1.1)
            .build();

    private final Map<SamplingField, String> texts = new EnumMap<>(SamplingField.class);

    void set(SamplingField field, String text) {
        texts.put(field, text.trim());
    }

    void clear() {
        texts.clear();
    }

    /** What is wrong with a field's text, a short sentence; empty where nothing is. */
    String problem(SamplingField field) {
        try {
            put(field, GenerationSettings.builder()).build();
            return "";
        } catch (GenerationException outside) {
            String words = outside.getMessage();
            String prefix = outside.field() + ": ";
            return words.startsWith(prefix) ? words.substring(prefix.length()) : words;
        }
    }

    /** What holds where the visitor says nothing: the model's own values, and the page's where the model has none. */
    static GenerationSettings defaults(GenerationSettings model) {
        return model.over(additions(model));
    }

    /** What the page asks for by itself. */
    private static GenerationSettings additions(GenerationSettings model) {
        boolean silent = model.doSample() == null
                && model.temperature() == null
                && model.topP() == null
                && model.topK() == null
                && model.repetitionPenalty() == null;
        GenerationSettings mild = silent ? MILD : GenerationSettings.none();
        return model.maxNewTokens() == null
                ? mild.toBuilder().maxNewTokens(MAX_NEW_TOKENS).build()
                : mild;
    }

    /**
     * What is asked of the next answer.
     *
     * @param model the model's own values
     * @param freshSeed used where the visitor gives none, so that a second answer differs from the first
     */
    GenerationSettings settings(GenerationSettings model, long freshSeed) {
        GenerationSettings.Builder settings = additions(model).toBuilder().seed(freshSeed);
        for (SamplingField field : SamplingField.values()) {
            if (problem(field).isEmpty()) {
                put(field, settings);
            }
        }
        return settings.build();
    }

    private GenerationSettings.Builder put(SamplingField field, GenerationSettings.Builder settings) {
        String text = texts.getOrDefault(field, "");
        if (!text.isEmpty()) {
            field.put(settings, read(field, text));
        }
        return settings;
    }

    private static double read(SamplingField field, String text) {
        try {
            // The browser's number field gives JSON's numbers, but for a leading point.
            return Json.parse(text.startsWith(".") ? "0" + text : text, field.label())
                    .asDouble();
        } catch (JsonException notANumber) {
            // told below
        }
        throw new GenerationException(field.label(), "a number, not \"" + text + "\"");
    }
}
