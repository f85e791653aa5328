package samovar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import samovar.config.PreprocessorConfig;
import samovar.generate.Fixtures;
import samovar.json.Json;
import samovar.tensor.Tensor;

class ImagePreprocessorTest {
    private static final double TOLERANCE = 1e-5;

    static List<Json> florenceGoldens() {
        // JPEGs are compared where they are decoded, in the module jvm and in the browser.
        return Fixtures.golden("florence/pixel_values.json").get("cases").elements().stream()
                .filter(golden -> golden.get("image").asString().endsWith(".png"))
                .toList();
    }

    @Test
    void thereAreAllGoldens() {
        assertThat(florenceGoldens()).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("florenceGoldens")
    void givesTheReferenceProcessorsTensorForTheTinyModel(Json golden) {
        ImagePreprocessor preprocessor = florence("Florence-2-tiny-shapes");
        RgbImage image = TestImages.png("florence/images/" + golden.get("image").asString());
        assertThat(TestImages.sha256(image.rgb()))
                .isEqualTo(golden.get("rgb_sha256").asString());
        assertThat(TestImages.sha256(preprocessor.scaled(image).rgb()))
                .isEqualTo(golden.get("resized_rgb_sha256").asString());
        Json expected = golden.get("pixel_values");
        Tensor pixels = preprocessor.pixelValues(image);
        compare(pixels, expected);
        assertThat(sha256(pixels.floats())).isEqualTo(expected.get("sha256").asString());
    }

    @Test
    void givesTheReferenceProcessorsTensorAtTheOriginalsSize() {
        Json golden = Fixtures.golden("florence_768.json");
        PreprocessorConfig config = PreprocessorConfig.parse("""
                {"image_processor_type": "CLIPImageProcessor", "do_resize": true, "size": {"height": 768, "width": 768},
                 "resample": 3, "do_center_crop": false, "crop_size": {"height": 768, "width": 768},
                 "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": true,
                 "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
                """);
        ImagePreprocessor preprocessor = new ImagePreprocessor(config);
        RgbImage image = TestImages.png(golden.get("image").get("file").asString());
        assertThat(TestImages.sha256(preprocessor.scaled(image).rgb()))
                .isEqualTo(golden.get("image").get("resized").get("sha256").asString());
        Tensor pixels = preprocessor.pixelValues(image);
        compare(pixels, golden.get("pixel_values"));
        assertThat(sha256(pixels.floats()))
                .isEqualTo(golden.get("pixel_values").get("sha256_f32_le").asString());
    }

    /** Sizes from transformers 5.23.0: get_resize_output_image_size, get_size_with_aspect_ratio, get_image_size_for_max_height_width. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"shortest_edge\": 224}; 640; 427; 335; 224",
                "{\"shortest_edge\": 224}; 427; 640; 224; 335",
                "{\"shortest_edge\": 800, \"longest_edge\": 1333}; 640; 480; 1066; 800",
                "{\"shortest_edge\": 800, \"longest_edge\": 1333}; 1000; 300; 1333; 400",
                "{\"longest_edge\": 1024}; 1800; 1200; 1024; 683",
                "{\"max_height\": 384, \"max_width\": 600}; 640; 480; 512; 384",
                "{\"height\": 3, \"width\": 5}; 640; 480; 5; 3",
                "7; 640; 480; 7; 7",
            })
    void scalesToTheSizeThatIsAskedFor(String size, int width, int height, int toWidth, int toHeight) {
        ImagePreprocessor preprocessor = preprocessor("{\"size\": " + size + ", \"do_normalize\": false}");
        RgbImage image = new RgbImage(width, height, new byte[3 * width * height]);
        assertThat(preprocessor.pixelValues(image).shape().toArray()).containsExactly(1, 3, toHeight, toWidth);
    }

    @Test
    void cutsOutTheMiddle() {
        Tensor cut = preprocessor("{\"do_center_crop\": true, \"crop_size\": {\"width\": 2, \"height\": 1}}")
                .pixelValues(reds(5, 4));
        assertThat(cut.shape().toArray()).containsExactly(1, 3, 1, 2);
        // Row 1 of 0 to 3, columns 1 and 2 of 0 to 4.
        assertThat(cut.floats()).containsExactly(6 / 255f, 7 / 255f, 0, 0, 0, 0);
    }

    @Test
    void putsBlackAroundAPictureThatIsSmallerThanTheCut() {
        Tensor cut = preprocessor("{\"do_center_crop\": true, \"crop_size\": 4, \"do_rescale\": false}")
                .pixelValues(reds(1, 3));
        float[] red = Arrays.copyOf(cut.floats(), 16);
        assertThat(red).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0);
    }

    @Test
    void fillsUpWithZerosAfterNormalizing() {
        Tensor padded = preprocessor("""
                        {"do_rescale": false, "do_normalize": true, "image_mean": [1, 1, 1], "image_std": 2,
                         "do_pad": true, "pad_size": {"width": 3, "height": 2}}""").pixelValues(reds(2, 1));
        assertThat(padded.floats())
                .containsExactly(-0.5f, 0, 0, 0, 0, 0, -0.5f, -0.5f, 0, 0, 0, 0, -0.5f, -0.5f, 0, 0, 0, 0);
    }

    @Test
    void refusesAStripThatWouldBecomeEnormous() {
        RgbImage strip = new RgbImage(60_000, 1, new byte[180_000]);
        assertThatThrownBy(() ->
                        preprocessor("{\"size\": {\"shortest_edge\": 224}}").pixelValues(strip))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(ImageException.Kind.TOO_LARGE))
                .hasMessageContaining("60000 × 1")
                .hasMessageContaining("nearer to a square");
    }

    private static ImagePreprocessor florence(String model) {
        return preprocessor(Fixtures.read(Path.of("../models/bundled", model, "preprocessor_config.json")));
    }

    private static ImagePreprocessor preprocessor(String json) {
        return new ImagePreprocessor(PreprocessorConfig.parse(json));
    }

    /** A picture whose red counts the pixels, from 0. */
    private static RgbImage reds(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) i;
        }
        return new RgbImage(width, height, rgb);
    }

    private static void compare(Tensor pixels, Json expected) {
        assertThat(pixels.shape().toArray())
                .isEqualTo(expected.get("shape").listOf(Json::asInt).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        int height = pixels.shape().dimension(2);
        int width = pixels.shape().dimension(3);
        List<Json> samples = expected.get("samples_c_y_x_value").elements();
        assertThat(samples).hasSizeGreaterThan(10);
        for (Json sample : samples) {
            int at = (sample.get(0).asInt() * height + sample.get(1).asInt()) * width
                    + sample.get(2).asInt();
            assertThat((double) pixels.floats()[at]).isCloseTo(sample.get(3).asDouble(), within(TOLERANCE));
        }
    }

    private static String sha256(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return TestImages.sha256(bytes.array());
    }
}
