package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.json.Json;
import samovar.task.CaptionResult;
import samovar.wire.CaptionDelta;
import samovar.wire.CaptionResponse;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;

class CaptionApiTest {
    private static final String MODEL = "bundled/Florence-2-tiny-shapes";
    private static final String DETECTION = "<OD>";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Three pictures, one of them a JPEG, with all tasks of each. */
    static Stream<Arguments> goldens() throws Exception {
        return Pictures.goldens("scene00.png", "scene01.png", "scene02.jpg").stream()
                .flatMap(golden -> golden.get("tasks").keys().stream()
                        .map(task -> Arguments.of(
                                golden.get("image").asString(),
                                task,
                                golden.get("tasks").get(task))));
    }

    private static HttpResponse<String> send(FormBody form) throws Exception {
        return server.send(server.request("/v1/captions")
                .header("Content-Type", FormBody.TYPE)
                .POST(form.publisher()));
    }

    private static FormBody form(String task) {
        return new FormBody().field("model", MODEL).field("dtype", "fp32").field("task", task);
    }

    private static CaptionResponse answer(FormBody form) throws Exception {
        HttpResponse<String> response = send(form);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return CaptionResponse.ofJson(TestServer.json(response));
    }

    /** Boxes are near ties, so they are compared by how much they overlap. */
    static void assertSame(String task, CaptionResult found, Json golden) {
        CaptionResult expected =
                CaptionResult.ofJson(golden.get("post_processed").get(task));
        if (!task.equals(DETECTION)) {
            assertThat(found).isEqualTo(expected);
            return;
        }
        List<CaptionResult.Box> boxes = ((CaptionResult.Boxes) found).boxes();
        List<CaptionResult.Box> wanted = ((CaptionResult.Boxes) expected).boxes();
        assertThat(boxes)
                .extracting(CaptionResult.Box::label)
                .containsExactlyElementsOf(
                        wanted.stream().map(CaptionResult.Box::label).toList());
        for (int i = 0; i < boxes.size(); i++) {
            assertThat(overlap(boxes.get(i), wanted.get(i)))
                    .as("%s and %s", boxes.get(i), wanted.get(i))
                    .isGreaterThan(0.7);
        }
    }

    private static double overlap(CaptionResult.Box one, CaptionResult.Box other) {
        double width = Math.min(one.right(), other.right()) - Math.max(one.left(), other.left());
        double height = Math.min(one.bottom(), other.bottom()) - Math.max(one.top(), other.top());
        double common = Math.max(0, width) * Math.max(0, height);
        return common / (area(one) + area(other) - common);
    }

    private static double area(CaptionResult.Box box) {
        return (double) (box.right() - box.left()) * (box.bottom() - box.top());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("goldens")
    void answersTheGoldens(String image, String task, Json golden) throws Exception {
        CaptionResponse answer = answer(form(task).file(Pictures.read(image)));
        assertThat(answer.task()).isEqualTo(task);
        assertSame(task, answer.result(), golden);
        if (!task.equals(DETECTION)) {
            assertThat("</s><s>" + answer.text() + "</s>")
                    .isEqualTo(golden.get("generated_text").asString());
            // The decoder's start token is not generated.
            assertThat(answer.usage().completionTokens())
                    .isEqualTo(golden.get("generated_ids").size() - 1);
        }
        assertThat(answer.usage().promptTokens())
                .isEqualTo(37 + golden.get("prompt_ids").size());
        assertThat(answer.timings().preprocessMillis())
                .isBetween(0.0, answer.timings().firstTokenMillis());
        assertThat(answer.timings().totalMillis()).isPositive();
    }

    @Test
    void hasTheDocumentedMembers() throws Exception {
        Json body = TestServer.json(send(form("<CAPTION>").file(Pictures.read("scene01.png"))));
        assertThat(body.keys()).containsExactly("task", "text", "result", "usage", "timings", "finish_reason", "image");
        assertThat(body.get("timings").keys())
                .containsExactly("preprocess_ms", "first_token_ms", "total_ms", "tokens_per_second");
        assertThat(body.get("result").raw()).isEqualTo(Map.of("<CAPTION>", "A purple star."));
    }

    @Test
    void timesPreprocessingApartAndOnlyWhereThePictureIsNew() throws Exception {
        List<Double> times = new ArrayList<>();
        for (String picture : List.of("scene00.png", "scene01.png", "scene01.png")) {
            Json body = TestServer.json(send(form("<CAPTION>").file(Pictures.read(picture))));
            times.add(body.get("timings").get("preprocess_ms").asDouble());
        }
        assertThat(times.get(1)).isPositive();
        assertThat(times.get(2)).isZero();
    }

    @Test
    void streamsPiecesAndThenTheWholeAnswer() throws Exception {
        HttpResponse<String> response = send(form("<MORE_DETAILED_CAPTION>")
                .file(Pictures.read("scene00.png"))
                .field("num_beams", "1")
                .field("stream", "true"));
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        List<SseEvent> events = new SseReader().add(response.body());
        assertThat(events.get(events.size() - 1).isDone()).isTrue();
        StringBuilder text = new StringBuilder();
        for (SseEvent event : events.subList(0, events.size() - 2)) {
            text.append(CaptionDelta.find(Json.parse(event.data(), "event"))
                    .orElseThrow()
                    .text());
        }
        CaptionResponse whole =
                CaptionResponse.ofJson(Json.parse(events.get(events.size() - 2).data(), "event"));
        assertThat(events.size()).isGreaterThan(10);
        assertThat(text.toString()).isEqualTo(whole.text());
        assertThat(whole.result())
                .isEqualTo(new CaptionResult.Text("The image shows a small red diamond at the top right, a large yellow"
                        + " square on the left and a large yellow diamond at the bottom right, on a gray background."
                        + " There are three shapes."));
    }

    @Test
    void takesTheOnlyModelForPicturesWhereNoneIsNamed() throws Exception {
        FormBody form = new FormBody().field("task", "<CAPTION>").file(Pictures.read("scene01.png"));
        assertThat(answer(form).result()).isEqualTo(new CaptionResult.Text("A purple star."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"q8", "{\"vision_encoder\":\"fp16\",\"decoder_model_merged\":\"q4\"}"})
    void takesADtypeForAllModulesOrForEach(String dtype) throws Exception {
        FormBody form = new FormBody()
                .field("task", "What does the image describe?")
                .field("dtype", dtype)
                .file(Pictures.read("scene01.png"));
        assertThat(answer(form).result()).isEqualTo(new CaptionResult.Text("A purple star."));
    }

    @Test
    void takesGenerationSettings() throws Exception {
        byte[] image = Pictures.read("scene00.png");
        assertThat(answer(form("<CAPTION>").field("max_new_tokens", "4").file(image))
                        .usage()
                        .completionTokens())
                .isEqualTo(4);
        assertThat(answer(form("<CAPTION>").field("num_beams", "3").file(image)).text())
                .isEqualTo("A red diamond, a yellow square and a yellow diamond.");
        FormBody drawn = form("<CAPTION>")
                .field("do_sample", "true")
                .field("temperature", "2")
                .field("seed", "5");
        assertThat(answer(drawn.file(image)).text()).isNotEmpty();
    }

    @Test
    void takesAnInputApartOrBehindTheToken() throws Exception {
        byte[] image = Pictures.read("scene01.png");
        CaptionResponse apart = answer(form("<OPEN_VOCABULARY_DETECTION>")
                .field("input", "a purple star")
                .file(image));
        CaptionResponse behind =
                answer(form("<OPEN_VOCABULARY_DETECTION>a purple star").file(image));
        assertThat(apart.result()).isEqualTo(behind.result());
        assertThat(apart.task()).isEqualTo("<OPEN_VOCABULARY_DETECTION>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            task=<NONE>                                     | task  | invalid_value              | "<NONE>" is no task of this model; it has <OCR>, <OCR_WITH_REGION>, <CAPTION>
            task=What is this?                              | task  | invalid_value              | "What is this?" is no task of this model
            task=<OPEN_VOCABULARY_DETECTION>                | input | invalid_value              | <OPEN_VOCABULARY_DETECTION> needs one
            task=<CAPTION>;input=a star                     | input | invalid_value              | <CAPTION> takes none
            task=<OPEN_VOCABULARY_DETECTION>one;input=two   | input | invalid_value              | has two, "one" and "two"
            model=bundled/tiny-chat;task=<CAPTION>          | model | unsupported_value          | bundled/tiny-chat reads text alone, no images. Models here that look at pictures: bundled/Florence-2-tiny-shapes
            model=org/none;task=<CAPTION>                   | model | model_not_found            | Models here: bundled/Florence-2-tiny-shapes
            task=                                           | task  | missing_required_parameter | Missing required parameter: 'task'
            task=<CAPTION>;num_beams=0                      | num_beams | invalid_value          | Invalid 'num_beams': expected an integer from 1 to 32, found 0
            task=<CAPTION>;max_new_tokens=many              | max_new_tokens | invalid_type      | expected an integer, found the string "many"
            task=<CAPTION>;prompt=hello                     | prompt | unknown_parameter         | Unknown parameter: 'prompt'
            task=<CAPTION>;dtype=q5                         | dtype | plan                       | unknown dtype "q5"
            task=<CAPTION>;dtype={"decoder":"q4"}           | dtype | plan                       | unknown module "decoder"
            """)
    void refusesInOpenAisForm(String fields, String param, String code, String message) throws Exception {
        FormBody form = new FormBody().file(Pictures.read("scene01.png"));
        for (String field : fields.split(";", -1)) {
            form.field(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
        }
        assertRefused(send(form), code.equals("model_not_found") ? 404 : 400, param, code, message);
    }

    static void assertRefused(HttpResponse<String> response, int status, String param, String code, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        Json error = TestServer.json(response).get("error");
        assertThat(error.get("message").asString()).contains(message);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asString(null)).isEqualTo(param);
        assertThat(error.get("code").asString(null)).isEqualTo(code);
    }

    @Test
    void refusesPicturesThatCannotBeRead() throws Exception {
        byte[] image = Pictures.read("scene01.png");
        byte[] half = Arrays.copyOf(image, image.length / 2);
        byte[] damaged = image.clone();
        for (int i = 60; i < damaged.length - 40; i++) {
            damaged[i] ^= 0x5a;
        }
        assertRefused(send(form("<CAPTION>").file(new byte[0])), 400, "file", "invalid_image", "is empty");
        assertRefused(send(form("<CAPTION>").file(half)), 400, "file", "invalid_image", "png");
        assertRefused(send(form("<CAPTION>").file(damaged)), 400, "file", "invalid_image", "png");
        assertRefused(
                send(form("<CAPTION>").file("<svg/>".getBytes(StandardCharsets.UTF_8))),
                400,
                "file",
                "invalid_image_format",
                "an SVG drawing");
        assertRefused(
                send(form("<CAPTION>").file(Pictures.promising(60_000, 60_000))),
                413,
                "file",
                "image_too_large",
                "60000 × 60000 pixels");
    }

    @Test
    void asksForExactlyOneFile() throws Exception {
        byte[] image = Pictures.read("scene01.png");
        assertRefused(send(form("<CAPTION>")), 400, "file", "missing_required_parameter", "-F file=@picture.png");
        assertRefused(
                send(form("<CAPTION>").file(image).file(image)), 400, "file", "invalid_value", "one picture, found 2");
        assertRefused(
                send(form("<CAPTION>").file("image", image)),
                400,
                "image",
                "unknown_parameter",
                "the picture goes into the field 'file'");
    }

    @Test
    void refusesBodiesThatAreNoForm() throws Exception {
        HttpRequest.Builder json = server.request("/v1/captions").header("Content-Type", "application/json");
        assertRefused(
                server.send(json.POST(HttpRequest.BodyPublishers.ofString("{}"))),
                415,
                null,
                "unsupported_media_type",
                "must be multipart/form-data, as forms with files are sent, found application/json");
        HttpRequest.Builder bare = server.request("/v1/captions").header("Content-Type", "multipart/form-data");
        assertRefused(server.send(bare.POST(form("<CAPTION>").publisher())), 400, null, null, "names no boundary");
    }
}
