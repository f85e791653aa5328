package samovar.client.ui;

import java.util.EnumMap;
import java.util.Map;
import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;

/** What the visitor has typed into the sampling fields. Settings come only from fields without a problem. */
final class SamplingForm {
    /** The page's own limit where neither visitor nor model has one: small models seldom stop by themselves. */
    static final int MAX_NEW_TOKENS = 1024;

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

    /**
     * What is asked of the next answer.
     *
     * @param model the model's own values
     * @param freshSeed used where the visitor gives none, so that a second answer differs from the first
     */
    GenerationSettings settings(GenerationSettings model, long freshSeed) {
        GenerationSettings.Builder settings = GenerationSettings.builder().seed(freshSeed);
        if (model.maxNewTokens() == null) {
            settings.maxNewTokens(MAX_NEW_TOKENS);
        }
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
            double value = Double.parseDouble(text);
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new GenerationException(field.label(), "a number, not \"" + text + "\"");
    }
}
