package samovar.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.json.Json;

/**
 * Reads preprocessor_config.json. A step without its switch ({@code do_resize} and so on) is on if its values are there:
 * files of older versions lack the switches.
 */
final class PreprocessorReader {
    private final Json json;

    PreprocessorReader(Json json) {
        this.json = json;
    }

    PreprocessorConfig read() {
        if (json.get("do_flip_channel_order").asBoolean(false)) {
            throw new ConfigException(
                    "do_flip_channel_order",
                    List.of("false"),
                    json.get("do_flip_channel_order").path() + ": pictures are fed as red, green, blue only");
        }
        boolean normalizes = isOn("do_normalize", "image_mean");
        return new PreprocessorConfig(
                isOn("do_resize", "size") ? Optional.of(scale(json.get("size"))) : Optional.empty(),
                Resample.ofCode(json.get("resample").asInt(Resample.BILINEAR.code())),
                json.get("do_center_crop").asBoolean(false)
                        ? Optional.of(square(json.get("crop_size")))
                        : Optional.empty(),
                json.get("do_rescale").asBoolean(true)
                        ? json.get("rescale_factor").asDouble(1 / 255.0)
                        : 1,
                normalizes ? channels("image_mean") : List.of(),
                normalizes ? channels("image_std") : List.of(),
                isOn("do_pad", "pad_size") && !json.get("pad_size").isNull()
                        ? Optional.of(square(json.get("pad_size")))
                        : Optional.empty(),
                texts("task_prompts_without_inputs"),
                texts("task_prompts_with_input"),
                texts("tasks_answer_post_processing_type"));
    }

    private boolean isOn(String key, String values) {
        return json.get(key).asBoolean(!json.get(values).isNull());
    }

    private ImageScale scale(Json size) {
        if (size.isNumber()) {
            // CLIP's own meaning of a bare number; other classes mean a square by it.
            boolean clip = json.get("image_processor_type").asString("").startsWith("CLIP")
                    || json.get("feature_extractor_type").asString("").startsWith("CLIP");
            return clip ? new ImageScale.ShortestEdge(pixels(size), 0) : square(size);
        }
        if (!size.get("height").isNull()) {
            return square(size);
        }
        if (!size.get("shortest_edge").isNull()) {
            Json longest = size.get("longest_edge");
            return new ImageScale.ShortestEdge(
                    pixels(size.get("shortest_edge")), longest.isNull() ? 0 : pixels(longest));
        }
        if (!size.get("longest_edge").isNull()) {
            return new ImageScale.LongestEdge(pixels(size.get("longest_edge")));
        }
        if (!size.get("max_height").isNull()) {
            return new ImageScale.Within(pixels(size.get("max_width")), pixels(size.get("max_height")));
        }
        throw size.fault("expected a number, or an object with height and width, shortest_edge, longest_edge,"
                + " or max_height and max_width");
    }

    private static ImageScale.Exact square(Json size) {
        return size.isNumber()
                ? new ImageScale.Exact(pixels(size), pixels(size))
                : new ImageScale.Exact(pixels(size.get("width")), pixels(size.get("height")));
    }

    private static int pixels(Json value) {
        int pixels = value.asInt();
        if (pixels < 1 || pixels > ImageScale.MOST) {
            throw value.fault("expected 1 to " + ImageScale.MOST + " pixels, found " + pixels);
        }
        return pixels;
    }

    private List<Double> channels(String key) {
        Json value = json.get(key);
        if (value.isNumber()) {
            return List.of(value.asDouble(), value.asDouble(), value.asDouble());
        }
        if (!value.isArray() || value.size() != 3) {
            throw value.fault("expected three numbers, for red, green and blue");
        }
        return value.listOf(Json::asDouble);
    }

    private Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        Json table = json.get(key);
        if (!table.isNull()) {
            for (String token : table.keys()) {
                texts.put(token, table.get(token).asString());
            }
        }
        return texts;
    }
}
