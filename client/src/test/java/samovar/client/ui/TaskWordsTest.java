package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.generate.GenerationSettings;
import samovar.task.AnswerType;
import samovar.task.Florence2Task;

class TaskWordsTest {
    private static final List<Florence2Task> TASKS =
            tasks("<OCR>", "<OD>", "<CAPTION>", "<REGION_TO_OCR>", "<DETAILED_CAPTION>", "<OPEN_VOCABULARY_DETECTION>");

    @Test
    void captionsComeFirstAndTheRestKeepsItsOrder() {
        assertThat(TaskWords.ordered(TASKS))
                .extracting(Florence2Task::token)
                .containsExactly(
                        "<CAPTION>",
                        "<DETAILED_CAPTION>",
                        "<OD>",
                        "<OCR>",
                        "<REGION_TO_OCR>",
                        "<OPEN_VOCABULARY_DETECTION>");
    }

    @Test
    void theEmbeddedModelKnowsOnlyWhatItWasTrainedFor() {
        ModelCard shapes = card("bundled/" + Starters.SHAPES);

        assertThat(TASKS)
                .filteredOn(task -> TaskWords.knows(shapes, task))
                .extracting(Florence2Task::token)
                .containsExactly("<OD>", "<CAPTION>", "<DETAILED_CAPTION>");
        assertThat(TaskWords.neverLearnt(shapes)).startsWith("Florence-2-tiny-shapes was never trained for this");
        assertThat(TASKS).allMatch(task -> TaskWords.knows(card("onnx-community/Florence-2-base-ft"), task));
    }

    @Test
    void regionsAreDrawnAndWordsAreTyped() {
        assertThat(TASKS)
                .filteredOn(TaskWords::wantsRegion)
                .extracting(Florence2Task::token)
                .containsExactly("<REGION_TO_OCR>");
    }

    private static ModelCard card(String id) {
        return new ModelCard(id, "", 0, GenerationSettings.none(), 0, TASKS);
    }

    private static List<Florence2Task> tasks(String... tokens) {
        List<Florence2Task> tasks = new ArrayList<>();
        for (String token : tokens) {
            tasks.add(new Florence2Task(token, "prompt", false, AnswerType.PURE_TEXT, token, ""));
        }
        return tasks;
    }
}
