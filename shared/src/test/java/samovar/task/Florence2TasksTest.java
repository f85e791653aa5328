package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import samovar.config.PreprocessorConfig;

class Florence2TasksTest {
    private static final Florence2Tasks TASKS = Florence2Goldens.PROCESSOR.tasks();

    private static String asked(String text, String input) {
        Florence2Tasks.Asked asked = TASKS.ask(text, input);
        return asked.task().token() + "|" + asked.input() + "|" + asked.prompt();
    }

    @Test
    void allTasksHaveWordsForPeople() {
        assertThat(TASKS.all()).hasSize(15);
        assertThat(TASKS.all()).allSatisfy(task -> {
            assertThat(task.title()).isNotEmpty().doesNotContain("<");
            assertThat(task.inputTitle().isEmpty()).isNotEqualTo(task.wantsInput());
        });
    }

    @Test
    void aTaskIsAskedByItsToken() {
        assertThat(asked("<CAPTION>", "")).isEqualTo("<CAPTION>||What does the image describe?");
        assertThat(asked(" <OD>\n", "")).startsWith("<OD>||");
    }

    @Test
    void anInputStandsBehindTheTokenOrApart() {
        String tree = "<OPEN_VOCABULARY_DETECTION>|a tree|Locate a tree in the image.";
        assertThat(asked("<OPEN_VOCABULARY_DETECTION>a tree", "")).isEqualTo(tree);
        assertThat(asked("<OPEN_VOCABULARY_DETECTION>", " a tree ")).isEqualTo(tree);
        assertThat(asked("<OPEN_VOCABULARY_DETECTION> a tree", "a tree")).isEqualTo(tree);
        assertThatThrownBy(() -> TASKS.ask("<OPEN_VOCABULARY_DETECTION>a tree", "a bush"))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("has two, \"a tree\" and \"a bush\"");
    }

    @Test
    void aTaskIsAskedByItsPromptInWords() {
        assertThat(asked("What does the image describe?", "")).startsWith("<CAPTION>||");
        assertThat(asked("Locate the objects with category name in the image.", ""))
                .startsWith("<OD>||");
        assertThat(asked("Locate a tree in the image.", "")).startsWith("<OPEN_VOCABULARY_DETECTION>|a tree|");
        assertThat(asked("Locate {input} in the image.", "a tree")).startsWith("<OPEN_VOCABULARY_DETECTION>|a tree|");
        assertThat(asked("What is the region <loc_1><loc_2><loc_3><loc_4>?", ""))
                .startsWith("<REGION_TO_CATEGORY>|<loc_1><loc_2><loc_3><loc_4>|");
    }

    @Test
    void anUnknownTaskListsTheKnownOnes() {
        assertThatThrownBy(() -> TASKS.ask("<WEATHER>", ""))
                .isInstanceOfSatisfying(TaskException.class, fault -> assertThat(fault.kind())
                        .isEqualTo(TaskException.Kind.INVALID_REQUEST))
                .hasMessageContaining(
                        "\"<WEATHER>\" is no task of this model; it has <OCR>, <OCR_WITH_REGION>, <CAPTION>")
                .hasMessageContaining("<REGION_TO_OCR>");
    }

    @Test
    void anInputWhereNoneBelongsOrNoneWhereOneDoesIsRefused() {
        assertThatThrownBy(() -> TASKS.ask("<CAPTION>", "a tree"))
                .hasMessageContaining("<CAPTION> takes none, found \"a tree\"")
                .hasMessageContaining("<OPEN_VOCABULARY_DETECTION>");
        assertThatThrownBy(() -> TASKS.ask("<REGION_TO_OCR>", " "))
                .hasMessageContaining("<REGION_TO_OCR> needs one")
                .hasMessageContaining("in thousandths");
    }

    @Test
    void aModelWithoutTasksOrWithUnknownAnswersIsRefused() {
        assertThatThrownBy(() -> Florence2Tasks.of(PreprocessorConfig.parse("{}")))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("names no task");
        assertThatThrownBy(() ->
                        Florence2Tasks.of(PreprocessorConfig.parse("{\"task_prompts_without_inputs\":{\"<A>\":\"A?\"},"
                                + "\"tasks_answer_post_processing_type\":{\"<A>\":\"sculpture\"}}")))
                .hasMessageContaining("\"sculpture\"; known are pure_text");
    }
}
