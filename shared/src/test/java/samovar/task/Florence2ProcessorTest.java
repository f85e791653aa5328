package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.json.JsonWriter;

class Florence2ProcessorTest {
    private static final Florence2Processor PROCESSOR = Florence2Goldens.PROCESSOR;

    @Test
    void promptsAreTheReferences() {
        int compared = 0;
        for (Json example :
                Florence2Goldens.golden("construct_prompts.json").get("cases").elements()) {
            // Several texts at once are several calls here.
            if (!example.get("input").isString()) {
                continue;
            }
            String text = example.get("input").asString();
            if (example.get("error").isPresent()) {
                assertThatThrownBy(() -> PROCESSOR.constructPrompts(text))
                        .as(text)
                        .isInstanceOf(TaskException.class)
                        .hasMessageContaining("must stand alone");
            } else {
                assertThat(PROCESSOR.constructPrompts(text))
                        .as(text)
                        .isEqualTo(example.get("prompts").listOf(Json::asString));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(30);
    }

    @Test
    void answersAreReadAsTheReferenceReadsThem() {
        List<Json> cases = Florence2Goldens.golden("post_process_generation.json")
                .get("cases")
                .elements();
        assertThat(cases).hasSize(55);
        for (Json example : cases) {
            String text = example.get("text").asString();
            String task = example.get("task").asString();
            Map<String, CaptionResult> results = PROCESSOR.postProcessGeneration(
                    text, task, Florence2Goldens.size(example.get("image_size_width_height")));
            String expected = JsonWriter.write(example.get("result"));
            assertThat(JsonWriter.write(json(results))).as(task + text).isEqualTo(expected);
            CaptionResult readBack =
                    CaptionResult.ofJson(Json.parse(expected, "golden").get(task));
            assertThat(readBack).as(expected).isEqualTo(results.get(task));
        }
    }

    @Test
    void whatTheModelGeneratedIsReadAsTheReferenceReadsIt() {
        int compared = 0;
        for (Json picture :
                Florence2Goldens.golden("generation.json").get("cases").elements()) {
            ImageSize size = new ImageSize(
                    picture.get("width").asInt(), picture.get("height").asInt());
            for (String task : picture.get("tasks").keys()) {
                Json golden = picture.get("tasks").get(task);
                Map<String, CaptionResult> results = PROCESSOR.postProcessGeneration(
                        golden.get("generated_text").asString(), task, size);
                assertThat(JsonWriter.write(json(results))).isEqualTo(JsonWriter.write(golden.get("post_processed")));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(48);
    }

    @Test
    void anAnswerThatIsNoResultIsNamed() {
        assertThatThrownBy(() -> CaptionResult.ofJson(Json.parse("{\"labels\":[]}", "answer")))
                .hasMessageContaining("expected a string, or an object with bboxes, quad_boxes or polygons");
        assertThatThrownBy(() -> CaptionResult.ofJson(Json.parse("{\"bboxes\":[[1,2,3,4]],\"labels\":[]}", "answer")))
                .hasMessageContaining("one label for each of 1 places, found 0");
    }

    private static Map<String, Object> json(Map<String, CaptionResult> results) {
        Map<String, Object> json = new LinkedHashMap<>();
        results.forEach((task, result) -> json.put(task, result.toJson()));
        return json;
    }
}
