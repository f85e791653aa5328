package samovar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.json.Json;

/**
 * {@code preprocessor_config.json}: how a picture becomes a vision model's input, step by step in this order, and, for
 * Florence-2, which tasks there are. A step that is switched off is empty.
 *
 * @param scale to which size the picture is scaled
 * @param resample by which filter
 * @param crop cut out of the middle, or filled up with black around it
 * @param rescaleFactor what the values 0 to 255 are multiplied with
 * @param mean per channel (red, green, blue), taken off after that; empty where nothing is normalized
 * @param std per channel, divided by last; as many as {@code mean}
 * @param pad filled up to this size with zeros on the right and at the bottom, after all else
 * @param promptsWithoutInput from a task token to its prompt, in the file's order; empty where the model has no tasks
 * @param promptsWithInput from a task token to its prompt, which contains <code>{input}</code>, in the file's order
 * @param answerTypes from a task token to how its answer is read ({@code pure_text}, {@code ocr}, …), in the file's order
 */
public record PreprocessorConfig(
        Optional<ImageScale> scale,
        Resample resample,
        Optional<ImageScale.Exact> crop,
        double rescaleFactor,
        List<Double> mean,
        List<Double> std,
        Optional<ImageScale.Exact> pad,
        Map<String, String> promptsWithoutInput,
        Map<String, String> promptsWithInput,
        Map<String, String> answerTypes) {
    public PreprocessorConfig {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != std.size() || (!mean.isEmpty() && mean.size() != 3)) {
            throw new IllegalArgumentException(
                    "mean " + mean + " and std " + std + " must both be empty or one number per channel, 3 in all");
        }
        promptsWithoutInput = Collections.unmodifiableMap(new LinkedHashMap<>(promptsWithoutInput));
        promptsWithInput = Collections.unmodifiableMap(new LinkedHashMap<>(promptsWithInput));
        answerTypes = Collections.unmodifiableMap(new LinkedHashMap<>(answerTypes));
    }

    /**
     * Reads preprocessor_config.json.
     *
     * @throws samovar.json.JsonException if it is no JSON, or a value has another type or range than it should
     * @throws ConfigException if it asks for a step that is not known here
     */
    public static PreprocessorConfig parse(String preprocessorConfigJson) {
        return of(Json.parse(preprocessorConfigJson, "preprocessor_config.json"));
    }

    /** {@link #parse} of a value. */
    public static PreprocessorConfig of(Json json) {
        return new PreprocessorReader(json).read();
    }
}
