package samovar.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import samovar.dtype.DtypePlanException;
import samovar.dtype.DtypeSpec;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.json.JsonException;
import samovar.json.JsonWriter;

/**
 * The text fields of a request for {@code POST /v1/captions}, which is a form; its picture is the field {@link #FILE}. The generation
 * settings have the names that they have in a {@link ChatCompletionRequest}, and are written as JSON.
 *
 * @param model an id of {@code /v1/models}; empty where the server has one model for pictures
 * @param dtype which weights, where the model is not loaded yet; in the form a name, or a JSON object from module to name
 * @param task a task token, or its prompt in words
 * @param input for tasks that want one, else empty
 * @param stream whether the answer comes as events
 */
public record CaptionForm(
        String model, DtypeSpec dtype, String task, String input, GenerationSettings settings, boolean stream) {
    /** The field of the picture. */
    public static final String FILE = "file";

    private static final List<String> OWN_FIELDS = List.of("model", "task", "input", "dtype", "stream");

    public CaptionForm {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(dtype, "dtype");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * Reads the fields.
     *
     * @param texts from a field's name to its text, without the picture; an empty text counts as not given
     * @throws WireException naming every field at fault, the first of them as {@code param}
     */
    public static CaptionForm ofFields(Map<String, String> texts) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (!text.getValue().isEmpty()) {
                values.put(text.getKey(), value(text.getKey(), text.getValue()));
            }
        }
        RequestFields fields = new RequestFields(Json.of(values, "form"));
        GenerationSettings settings = SettingsReader.read(fields);
        if (!fields.isGiven("task")) {
            fields.missing("task");
        }
        for (String name : texts.keySet()) {
            if (!OWN_FIELDS.contains(name) && !SettingsReader.FIELDS.contains(name)) {
                fields.fault(name, "unknown_parameter", "Unknown parameter: '" + name + "'.");
            }
        }
        Boolean stream = fields.bool("stream");
        DtypeSpec dtype = dtype(fields);
        fields.throwIfFaulty();
        return new CaptionForm(
                fields.get("model").asString(""),
                dtype,
                fields.get("task").asString(""),
                fields.get("input").asString(""),
                settings,
                stream != null && stream);
    }

    private static DtypeSpec dtype(RequestFields fields) {
        try {
            return DtypeSpec.ofJson(fields.get("dtype"));
        } catch (DtypePlanException e) {
            fields.fault("dtype", "invalid_value", e.getMessage());
            return DtypeSpec.AUTO;
        }
    }

    /** What JSON has of a text in a form: numbers, true and false, arrays and objects as such; names and words as they are. */
    private static Object value(String name, String text) {
        boolean words = name.equals("model") || name.equals("task") || name.equals("input");
        boolean mayBeWords = name.equals("dtype") || name.equals("stop");
        char first = text.charAt(0);
        if (words || (mayBeWords && first != '{' && first != '[')) {
            return text;
        }
        try {
            Object value = Json.parse(text, name).raw();
            return value == null ? text : value;
        } catch (JsonException notJson) {
            return text;
        }
    }

    /** The fields as {@link #ofFields} reads them; what is not asked is left out. */
    public Map<String, String> toFields() {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!model.isEmpty()) {
            texts.put("model", model);
        }
        texts.put("task", task);
        if (!input.isEmpty()) {
            texts.put("input", input);
        }
        if (!dtype.isAuto()) {
            texts.put("dtype", dtype.perModule().isEmpty() ? dtype.all() : JsonWriter.write(dtype.perModule()));
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        ChatCompletionRequest.putSettings(asked, settings);
        for (Map.Entry<String, Object> setting : asked.entrySet()) {
            texts.put(setting.getKey(), JsonWriter.write(setting.getValue()));
        }
        if (stream) {
            texts.put("stream", "true");
        }
        return texts;
    }
}
