package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.image.ImageSize;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;
import samovar.task.CaptionResult.Box;

class CaptionWordsTest {
    private static final CaptionResult BOXES =
            new CaptionResult.Boxes(List.of(new Box("red circle", 1, 2, 30, 40), new Box("", 5, 6, 7, 8)));

    @Test
    void copiesWordsAsTheyAreAndThingsLineByLine() {
        assertThat(CaptionWords.text(new CaptionResult.Text("A cup."))).isEqualTo("A cup.");
        assertThat(CaptionWords.text(BOXES)).isEqualTo("red circle: 1, 2 to 30, 40\nregion: 5, 6 to 7, 8");
    }

    @Test
    void copiesJsonAsTheReferenceHasIt() {
        assertThat(CaptionWords.json(answer("<OD>", BOXES)))
                .isEqualTo("{\"<OD>\":{\"bboxes\":[[1,2,30,40],[5,6,7,8]],\"labels\":[\"red circle\",\"\"]}}");
        assertThat(CaptionWords.json(answer("<CAPTION>", new CaptionResult.Text("A \"cup\"."))))
                .isEqualTo("{\"<CAPTION>\":\"A \\\"cup\\\".\"}");
    }

    @Test
    void saysWhatWasFound() {
        assertThat(CaptionWords.summary(BOXES)).isEqualTo("2 found: red circle, region");
        assertThat(CaptionWords.summary(new CaptionResult.Boxes(List.of()))).isEqualTo("Nothing found.");
        assertThat(CaptionWords.summary(new CaptionResult.Text(""))).isEqualTo("The model said nothing.");
    }

    @Test
    void figuresSayTheWholeTimeToo() {
        assertThat(Figures.of(answer("<OD>", BOXES)))
                .isEqualTo(
                        "picture made ready in 0.02 s · first token after 0.21 s · 0.48 s in all · 15 tokens · cut at the limit");
    }

    private static CaptionAnswer answer(String task, CaptionResult result) {
        GenerationEvent.Finished finished = new GenerationEvent.Finished(
                "", List.of(2, 0), FinishReason.LENGTH, new Usage(8, 15), new Timings(210, 480, 50, 24));
        return new CaptionAnswer(task, result, new ImageSize(100, 100), finished);
    }
}
