package samovar.client.ui;

import java.util.ArrayList;
import java.util.List;
import samovar.task.Florence2Task;

/** What visitors are told about tasks beyond their titles. */
final class TaskWords {
    private static final String REGION = "<REGION_TO_";
    private static final List<String> LEARNT_BY_SHAPES =
            List.of("<CAPTION>", "<DETAILED_CAPTION>", "<MORE_DETAILED_CAPTION>", "<OD>");

    private TaskWords() {}

    /** With what most visitors want first: captions, then objects; the others stay in their order. */
    static List<Florence2Task> ordered(List<Florence2Task> tasks) {
        List<Florence2Task> ordered = new ArrayList<>();
        for (String token : LEARNT_BY_SHAPES) {
            for (Florence2Task task : tasks) {
                if (task.token().equals(token)) {
                    ordered.add(task);
                }
            }
        }
        for (Florence2Task task : tasks) {
            if (!LEARNT_BY_SHAPES.contains(task.token())) {
                ordered.add(task);
            }
        }
        return ordered;
    }

    /** Whether the input is a rectangle of the picture rather than words. */
    static boolean wantsRegion(Florence2Task task) {
        return task.token().startsWith(REGION);
    }

    /** Whether a model was trained for a task that its files list. */
    static boolean knows(ModelCard model, Florence2Task task) {
        return !model.name().equals(Starters.SHAPES) || LEARNT_BY_SHAPES.contains(task.token());
    }

    static String neverLearnt(ModelCard model) {
        return model.name() + " was never trained for this and answers nonsense. A Florence-2 of the Hub knows it.";
    }

    /** What may be typed for a task that wants words. */
    static String example(Florence2Task task) {
        return switch (task.token()) {
            case "<CAPTION_TO_PHRASE_GROUNDING>" -> "A red circle and a blue square.";
            case "<OPEN_VOCABULARY_DETECTION>" -> "a red circle";
            case "<REFERRING_EXPRESSION_SEGMENTATION>" -> "the red circle";
            default -> "";
        };
    }
}
