package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.task.CaptionResult;
import samovar.task.CaptionResult.Box;
import samovar.task.CaptionResult.Outline;
import samovar.task.CaptionResult.Quad;

class MarkTest {
    @Test
    void aBoxIsFourCornersWithItsPlace() {
        List<Mark> marks = Mark.of(new CaptionResult.Boxes(List.of(new Box("red circle", 10, 20, 110, 220))));

        assertThat(marks)
                .containsExactly(new Mark("red circle", 0, List.of(List.of(10, 20, 110, 20, 110, 220, 10, 220)), true));
        assertThat(marks.get(0).place()).isEqualTo("10, 20 to 110, 220");
        assertThat(Mark.points(marks.get(0).polygons().get(0))).isEqualTo("10,20 110,20 110,220 10,220");
    }

    @Test
    void theSameLabelHasTheSameColour() {
        List<Mark> marks = Mark.of(new CaptionResult.Boxes(
                List.of(new Box("cat", 0, 0, 1, 1), new Box("dog", 0, 0, 2, 2), new Box("cat", 0, 0, 3, 3))));

        assertThat(marks).extracting(Mark::colour).containsExactly(0, 1, 0);
    }

    @Test
    void coloursBeginAnewWhereThereAreMoreLabelsThanColours() {
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i <= Mark.COLOURS; i++) {
            boxes.add(new Box("thing " + i, 0, 0, 1, 1));
        }

        assertThat(Mark.of(new CaptionResult.Boxes(boxes)).get(Mark.COLOURS).colour())
                .isZero();
    }

    @Test
    void aQuadKeepsItsFourCorners() {
        List<Mark> marks =
                Mark.of(new CaptionResult.Quads(List.of(new Quad("TEA", List.of(50, 60, 180, 80, 175, 130, 45, 110)))));

        assertThat(marks.get(0).polygons()).containsExactly(List.of(50, 60, 180, 80, 175, 130, 45, 110));
        assertThat(marks.get(0).place()).isEqualTo("45, 60 to 180, 130, 4 corners");
        assertThat(marks.get(0).left()).isEqualTo(45);
        assertThat(marks.get(0).bottom()).isEqualTo(130);
    }

    @Test
    void whatTheModelBrokeOffIsLeftOut() {
        CaptionResult result = new CaptionResult.Polygons(List.of(
                new Outline("", List.of(List.of(1, 2, 3, 4, 5, 6), List.of())),
                new Outline("lost", List.of(List.of(7)))));

        assertThat(Mark.of(result)).containsExactly(new Mark("", 0, List.of(List.of(1, 2, 3, 4, 5, 6)), false));
    }

    @Test
    void boxesComeBeforeOutlinesAndShareColours() {
        CaptionResult result = new CaptionResult.BoxesAndPolygons(
                List.of(new Box("cup", 0, 0, 9, 9)),
                List.of(
                        new Outline("spoon", List.of(List.of(1, 1, 2, 2, 3, 1))),
                        new Outline("cup", List.of(List.of(1, 1, 2, 2)))));

        assertThat(Mark.of(result)).extracting(Mark::label).containsExactly("cup", "spoon", "cup");
        assertThat(Mark.of(result)).extracting(Mark::colour).containsExactly(0, 1, 0);
    }

    @Test
    void wordsMarkNothing() {
        assertThat(Mark.of(new CaptionResult.Text("a cup"))).isEmpty();
    }
}
