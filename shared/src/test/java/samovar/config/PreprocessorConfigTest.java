package samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samovar.generate.Fixtures;
import samovar.json.JsonException;

class PreprocessorConfigTest {
    @Test
    void readsFlorencesFile() {
        PreprocessorConfig config = PreprocessorConfig.parse(
                Fixtures.read(Path.of("../models/bundled/Florence-2-tiny-shapes/preprocessor_config.json")));
        assertThat(config.scale()).contains(new ImageScale.Exact(192, 192));
        assertThat(config.resample()).isEqualTo(Resample.BICUBIC);
        assertThat(config.crop()).isEmpty();
        assertThat(config.pad()).isEmpty();
        assertThat(config.rescaleFactor()).isEqualTo(0.00392156862745098);
        assertThat(config.mean()).containsExactly(0.485, 0.456, 0.406);
        assertThat(config.std()).containsExactly(0.229, 0.224, 0.225);
        assertThat(config.promptsWithoutInput())
                .hasSize(8)
                .containsEntry("<OD>", "Locate the objects with category name in the image.");
        assertThat(config.promptsWithoutInput().keySet()).startsWith("<OCR>", "<OCR_WITH_REGION>", "<CAPTION>");
        assertThat(config.promptsWithInput()).hasSize(7);
        assertThat(config.promptsWithInput().keySet()).startsWith("<CAPTION_TO_PHRASE_GROUNDING>");
        assertThat(config.answerTypes()).hasSize(15).containsEntry("<REGION_PROPOSAL>", "bboxes");
    }

    @Test
    void aStepThatIsSwitchedOffIsEmpty() {
        PreprocessorConfig config = PreprocessorConfig.parse("""
                {"do_resize": false, "size": 224, "do_center_crop": false, "crop_size": 224, "do_rescale": false,
                 "do_normalize": false, "image_mean": [1, 2, 3], "image_std": [1, 2, 3], "do_pad": false, "pad_size": 3}""");
        assertThat(config)
                .isEqualTo(new PreprocessorConfig(
                        Optional.empty(),
                        Resample.BILINEAR,
                        Optional.empty(),
                        1,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Map.of()));
    }

    @Test
    void withoutSwitchesTheStepsAreOnWhoseValuesAreThere() {
        PreprocessorConfig config =
                PreprocessorConfig.parse("{\"size\": 224, \"image_mean\": 0.5, \"image_std\": 0.5}");
        assertThat(config.scale()).contains(new ImageScale.Exact(224, 224));
        assertThat(config.mean()).containsExactly(0.5, 0.5, 0.5);
        assertThat(config.rescaleFactor()).isEqualTo(1 / 255.0);
        assertThat(PreprocessorConfig.parse("{}").scale()).isEmpty();
    }

    @Test
    void readsEveryFormOfSize() {
        assertThat(scale("{\"image_processor_type\": \"CLIPImageProcessor\", \"size\": 224}"))
                .isEqualTo(new ImageScale.ShortestEdge(224, 0));
        assertThat(scale("{\"size\": {\"shortest_edge\": 8, \"longest_edge\": 9}}"))
                .isEqualTo(new ImageScale.ShortestEdge(8, 9));
        assertThat(scale("{\"size\": {\"longest_edge\": 1024}}")).isEqualTo(new ImageScale.LongestEdge(1024));
        assertThat(scale("{\"size\": {\"max_height\": 7, \"max_width\": 9}}")).isEqualTo(new ImageScale.Within(9, 7));
    }

    @Test
    void saysWhereAValueIsWrong() {
        assertThatThrownBy(() -> PreprocessorConfig.parse("{\"size\": {\"edge\": 3}}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("preprocessor_config.json: $.size")
                .hasMessageContaining("shortest_edge");
        assertThatThrownBy(() -> PreprocessorConfig.parse("{\"size\": {\"height\": 0, \"width\": 4}}"))
                .hasMessageContaining("$.size.height")
                .hasMessageContaining("1 to 16384");
        assertThatThrownBy(() -> PreprocessorConfig.parse("{\"do_normalize\": true, \"image_mean\": [0.5, 0.5]}"))
                .hasMessageContaining("$.image_mean")
                .hasMessageContaining("three numbers");
        assertThatThrownBy(() -> PreprocessorConfig.parse("{\"resample\": 9}"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.allowed()).hasSize(6))
                .hasMessageContaining("3 (BICUBIC)");
        assertThatThrownBy(() -> PreprocessorConfig.parse("{\"do_flip_channel_order\": true}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("$.do_flip_channel_order");
    }

    private static ImageScale scale(String json) {
        return PreprocessorConfig.parse(json).scale().orElseThrow();
    }
}
