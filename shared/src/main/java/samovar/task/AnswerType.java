package samovar.task;

import java.util.ArrayList;
import java.util.List;

/** How a task's answer is to be read; the names are those of {@code tasks_answer_post_processing_type}. */
public enum AnswerType {
    /** The words themselves. */
    PURE_TEXT("pure_text"),
    /** Pieces of text, each with four corners. */
    OCR("ocr"),
    /** Labels, each with one or more rectangles. */
    DESCRIPTION_WITH_BBOXES("description_with_bboxes"),
    /** Phrases of a caption with rectangles; pronouns and empty words are passed over. */
    PHRASE_GROUNDING("phrase_grounding"),
    /** Outlines without labels. */
    POLYGONS("polygons"),
    /** Labels with outlines. */
    DESCRIPTION_WITH_POLYGONS("description_with_polygons"),
    /** Labels with outlines where the model draws some, else with rectangles. */
    DESCRIPTION_WITH_BBOXES_OR_POLYGONS("description_with_bboxes_or_polygons"),
    /** Rectangles without labels. */
    BBOXES("bboxes");

    private final String label;

    AnswerType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** @throws TaskException UNSUPPORTED_MODEL for a name that is not known, listing those that are */
    static AnswerType ofLabel(String label) {
        List<String> known = new ArrayList<>();
        for (AnswerType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
            known.add(type.label);
        }
        throw new TaskException(
                TaskException.Kind.UNSUPPORTED_MODEL,
                "preprocessor_config.json: tasks_answer_post_processing_type names \"" + label + "\"; known are "
                        + String.join(", ", known),
                "");
    }
}
