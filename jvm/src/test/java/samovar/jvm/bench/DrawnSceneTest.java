package samovar.jvm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import samovar.image.RgbImage;
import samovar.jvm.bench.DrawnScene.Figure;
import samovar.jvm.imageio.ImageIoDecoder;

/** The drawn pictures and the intervals of {@link CaptionBench}. */
class DrawnSceneTest {
    private static final long SEED = 20_261_123;

    @Test
    void theSameSeedAndNumberGiveTheSamePictureAndAllOthersDiffer() {
        Set<List<String>> seen = new HashSet<>();
        Set<String> files = new HashSet<>();
        for (int number = 0; number < 40; number++) {
            DrawnScene scene = DrawnScene.of(SEED, number);
            byte[] file = SceneDrawing.png(scene, number);
            assertThat(DrawnScene.of(SEED, number)).isEqualTo(scene);
            assertThat(SceneDrawing.png(scene, number)).isEqualTo(file);
            seen.add(scene.words());
            files.add(Arrays.toString(file));
        }
        assertThat(files).hasSize(40);
        assertThat(seen).hasSizeGreaterThan(30);
    }

    @Test
    void everyFigureLiesInsideOfItsPictureAndIsThere() {
        for (int number = 0; number < 40; number++) {
            DrawnScene scene = DrawnScene.of(SEED, number);
            RgbImage image = new ImageIoDecoder().decode(SceneDrawing.png(scene, number));
            assertThat(image.width()).isEqualTo(scene.width());
            assertThat(image.height()).isEqualTo(scene.height());
            assertThat(scene.figures()).hasSizeBetween(1, 3);
            for (Figure figure : scene.figures()) {
                assertThat(figure.left()).isBetween(0.0, scene.width() - figure.side());
                assertThat(figure.top()).isBetween(0.0, scene.height() - figure.side());
                // All shapes cover their middle.
                int x = (int) (figure.left() + figure.side() / 2);
                int y = (int) (figure.top() + figure.side() / 2);
                int at = 3 * (y * scene.width() + x);
                assertThat(image.rgb()[at] & 0xff).isCloseTo(figure.colour().red, within(8));
                assertThat(image.rgb()[at + 1] & 0xff).isCloseTo(figure.colour().green, within(8));
                assertThat(image.rgb()[at + 2] & 0xff).isCloseTo(figure.colour().blue, within(8));
            }
        }
    }

    @Test
    void aCaptionsShapesAreFoundWithTheirColours() {
        assertThat(DrawnScene.namedIn(
                        "The image shows a small red diamond and a large yellow square on a gray background."))
                .containsExactly("red diamond", "yellow square");
        assertThat(DrawnScene.namedIn("A purple star.")).containsExactly("purple star");
        assertThat(DrawnScene.namedIn("")).isEmpty();
    }

    /** By the worked example of Newcombe (1998), 81 of 263 and 0 of 20. */
    @Test
    void intervalsAreWilsons() {
        assertThat(Share.of(81, 263).low()).isCloseTo(0.2553, within(0.0001));
        assertThat(Share.of(81, 263).high()).isCloseTo(0.3662, within(0.0001));
        assertThat(Share.of(0, 20).low()).isZero();
        assertThat(Share.of(0, 20).high()).isCloseTo(0.1611, within(0.0001));
        assertThat(Share.of(180, 200).percent()).isEqualTo("90.0 (85.1–93.4)");
    }
}
