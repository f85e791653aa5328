package samovar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import samovar.config.Resample;
import samovar.generate.Fixtures;
import samovar.json.Json;

class ResizeTest {
    static List<Json> goldens() {
        return Fixtures.golden("image/resize.json").get("cases").elements();
    }

    @Test
    void thereAreAllGoldens() {
        assertThat(goldens()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void givesPillowsBytes(Json golden) {
        RgbImage image = TestImages.png("image/" + golden.get("image").asString());
        Resample filter = Resample.valueOf(golden.get("resample").asString().toUpperCase(Locale.ROOT));
        RgbImage resized = Resize.resize(
                image,
                new ImageSize(golden.get("width").asInt(), golden.get("height").asInt()),
                filter);
        assertThat(TestImages.sha256(resized.rgb()))
                .isEqualTo(golden.get("rgb_sha256").asString());
    }

    /** The filters that no golden names, against Pillow 13.0.0: {@code Image.frombytes("RGB", (4, 2), …).resize((3, 3), filter)}. */
    @Test
    void givesPillowsBytesWithBoxAndHamming() {
        RgbImage image = ramp(4, 2);
        ImageSize size = new ImageSize(3, 3);
        assertThat(unsigned(Resize.resize(image, size, Resample.BOX))).containsExactly(BOX);
        assertThat(unsigned(Resize.resize(image, size, Resample.HAMMING))).containsExactly(HAMMING);
    }

    @ParameterizedTest
    @EnumSource(Resample.class)
    void keepsAFlatColour(Resample filter) {
        byte[] rgb = new byte[3 * 17 * 11];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 3 * 100 + 7);
        }
        RgbImage flat = new RgbImage(17, 11, rgb);
        for (ImageSize size : List.of(new ImageSize(1, 1), new ImageSize(40, 3), new ImageSize(5, 60))) {
            byte[] resized = Resize.resize(flat, size, filter).rgb();
            for (int i = 0; i < resized.length; i++) {
                assertThat(resized[i]).isEqualTo(rgb[i % 3]);
            }
        }
    }

    @Test
    void leavesAPictureOfTheRightSizeAlone() {
        RgbImage image = ramp(4, 2);
        assertThat(Resize.resize(image, new ImageSize(4, 2), Resample.LANCZOS)).isSameAs(image);
    }

    @Test
    void resizesOneAxisAlone() {
        RgbImage image = ramp(4, 2);
        RgbImage both = Resize.resize(image, new ImageSize(9, 7), Resample.BICUBIC);
        RgbImage wide = Resize.resize(image, new ImageSize(9, 2), Resample.BICUBIC);
        assertThat(wide.size()).isEqualTo(new ImageSize(9, 2));
        assertThat(Resize.resize(wide, new ImageSize(9, 7), Resample.BICUBIC).rgb())
                .isEqualTo(both.rgb());
    }

    private static RgbImage ramp(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 37);
        }
        return new RgbImage(width, height, rgb);
    }

    private static int[] unsigned(RgbImage image) {
        int[] values = new int[image.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.rgb()[i] & 0xff;
        }
        return values;
    }

    private static final int[] BOX = {
        0, 37, 74, 167, 76, 113, 77, 114, 151, 188, 225, 6, 99, 136, 173, 9, 46, 83, 188, 225, 6, 99, 136, 173, 9, 46,
        83
    };

    private static final int[] HAMMING = {
        17, 54, 91, 167, 76, 113, 99, 97, 134, 92, 129, 57, 133, 106, 143, 65, 83, 120, 166, 203, 23, 99, 136, 173, 31,
        68, 105
    };
}
