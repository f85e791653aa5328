package samovar.task;

import java.util.Objects;
import samovar.generate.GenerationSettings;

/** One picture and what is asked of it. The bytes are handed over, not copied: nobody changes them afterwards. */
public final class CaptionRequest {
    private final String modelId;
    private final byte[] file;
    private final String asked;
    private final String taskInput;
    private final GenerationSettings generationSettings;

    /**
     * @param model the repository's id, {@code org/name}
     * @param image the whole encoded file: PNG, JPEG, WebP, GIF or BMP
     * @param task a task token such as {@code <CAPTION>}, or the task's prompt in words; may carry its input, as in
     *     {@code <OPEN_VOCABULARY_DETECTION>a tree}
     * @param input words or region ({@code <loc_52><loc_332><loc_932><loc_774>}) for tasks that want one, else empty
     */
    public CaptionRequest(String model, byte[] image, String task, String input, GenerationSettings settings) {
        modelId = Objects.requireNonNull(model, "model");
        file = Objects.requireNonNull(image, "image");
        asked = Objects.requireNonNull(task, "task");
        taskInput = Objects.requireNonNull(input, "input");
        generationSettings = Objects.requireNonNull(settings, "settings");
    }

    public String model() {
        return modelId;
    }

    /** The encoded file itself, not a copy. */
    public byte[] image() {
        return file;
    }

    public String task() {
        return asked;
    }

    public String input() {
        return taskInput;
    }

    public GenerationSettings settings() {
        return generationSettings;
    }
}
