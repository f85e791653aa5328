package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
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
import samovar.generate.FinishReason;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.task.CaptionResult;
import samovar.wire.ChatCompletion;
import samovar.wire.ChatCompletionChunk;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;

/** Pictures over {@code /v1/chat/completions}. */
class ImageChatTest {
    private static final String MODEL = "bundled/Florence-2-tiny-shapes";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> goldens() throws Exception {
        return CaptionApiTest.goldens();
    }

    private static String dataUri(String image) {
        return "data:image/" + (image.endsWith(".jpg") ? "jpeg" : "png") + ";base64,"
                + Base64.getEncoder().encodeToString(Pictures.read(image));
    }

    private static Object picture(String url) {
        return Map.of("type", "image_url", "image_url", Map.of("url", url, "detail", "auto"));
    }

    private static Object words(String text) {
        return Map.of("type", "text", "text", text);
    }

    private static Map<String, Object> user(Object... parts) {
        return Map.of("role", "user", "content", List.of(parts));
    }

    private static Map<String, Object> body(Object... messages) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", MODEL);
        body.put("messages", List.of(messages));
        body.put("dtype", "fp32");
        return body;
    }

    private static ChatCompletion answer(Map<String, Object> body) throws Exception {
        HttpResponse<String> response = server.chat(JsonWriter.write(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ChatCompletion.ofJson(TestServer.json(response));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("goldens")
    void answersTheGoldens(String image, String task, Json golden) throws Exception {
        ChatCompletion completion = answer(body(user(picture(dataUri(image)), words(task))));
        Json result = Json.of(completion.result(), "result").get(task);
        CaptionApiTest.assertSame(task, CaptionResult.ofJson(result), golden);
        Object content = result.isString()
                ? completion.content()
                : Json.parse(completion.content(), "content").raw();
        assertThat(JsonWriter.write(content)).isEqualTo(JsonWriter.write(result.raw()));
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(completion.usage().promptTokens())
                .isEqualTo(37 + golden.get("prompt_ids").size());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("goldens")
    void streamsTheSame(String image, String task, Json golden) throws Exception {
        Map<String, Object> body = body(user(words(golden.get("prompt").asString()), picture(dataUri(image))));
        String whole = answer(body).content();
        body.put("stream", true);
        body.put("stream_options", Map.of("include_usage", true));
        List<ChatCompletionChunk> chunks = stream(body);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.content() == null ? "" : chunk.content()));
        assertThat(text.toString()).isEqualTo(whole);
        ChatCompletionChunk last = chunks.get(chunks.size() - 2);
        assertThat(last.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(last.result()).containsOnlyKeys(task);
        assertThat(chunks.get(chunks.size() - 1).usage().completionTokens()).isPositive();
        // Words come as they are made, places all at once.
        long pieces = chunks.stream()
                .filter(chunk -> chunk.content() != null && !chunk.content().isEmpty())
                .count();
        if (task.equals("<OD>")) {
            assertThat(pieces).isEqualTo(1);
        } else {
            assertThat(pieces).isGreaterThan(2);
        }
    }

    private static List<ChatCompletionChunk> stream(Map<String, Object> body) throws Exception {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        for (SseEvent event :
                new SseReader().add(server.chat(JsonWriter.write(body)).body())) {
            if (!event.isDone()) {
                chunks.add(ChatCompletionChunk.ofJson(Json.parse(event.data(), "chunk")));
            }
        }
        return chunks;
    }

    @Test
    void takesTheInputOfATask() throws Exception {
        Map<String, Object> token =
                body(user(picture(dataUri("scene01.png")), words("<CAPTION_TO_PHRASE_GROUNDING>a purple star")));
        Map<String, Object> prompt =
                body(user(picture(dataUri("scene01.png")), words("Locate the phrases in the caption: a purple star")));
        assertThat(answer(token).result()).containsOnlyKeys("<CAPTION_TO_PHRASE_GROUNDING>");
        assertThat(answer(token).content())
                .isEqualTo(answer(prompt).content())
                .startsWith("{\"bboxes\":[")
                .endsWith("]}");
    }

    @Test
    void takesBeamsAndTokenIds() throws Exception {
        Map<String, Object> body = body(user(picture(dataUri("scene01.png")), words("<CAPTION>")));
        body.put("num_beams", 3);
        body.put("return_token_ids", true);
        ChatCompletion completion = answer(body);
        assertThat(completion.content()).isEqualTo("A purple star.");
        assertThat(completion.tokenIds())
                .hasSize(completion.usage().completionTokens())
                .startsWith(0)
                .endsWith(2);
    }

    @Test
    void looksAtTheLastMessageAlone() throws Exception {
        ChatCompletion completion = answer(body(
                Map.of("role", "system", "content", "You are helpful."),
                user(picture(dataUri("scene00.png")), words("<CAPTION>")),
                Map.of("role", "assistant", "content", "A red diamond."),
                user(picture(dataUri("scene01.png")), words("<CAPTION>"))));
        assertThat(completion.content()).isEqualTo("A purple star.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            https://example.org/cat.png       | invalid_image_url    | images are not fetched from addresses here
            http://169.254.169.254/latest     | invalid_image_url    | send it as a data URI, data:image/png;base64,…
            file:///etc/passwd                | invalid_image_url    | images are not fetched from addresses here
            picture.png                       | invalid_image_url    | expected data:image/png;base64,…
            data:image/png;base64             | invalid_image_url    | found no comma
            data:image/png,abc                | invalid_image_url    | a data URI that is not base64
            data:text/html;base64,PGI+        | invalid_image_url    | the media type is "text/html"
            data:image/svg+xml;base64,PGI+    | invalid_image_url    | the media type is "image/svg+xml"
            data:;base64,AAAA                 | invalid_image_url    | the media type is missing
            data:image/png;base64,a*b         | invalid_image_url    | not base64 (Illegal base64 character
            data:image/png;base64,            | invalid_image        | is empty
            data:image/png;base64,AAAA        | invalid_image_format | no picture
            """)
    void refusesUrlsByTheirPlaceInTheRequest(String url, String code, String message) throws Exception {
        HttpResponse<String> response = server.chat(JsonWriter.write(body(user(words("<CAPTION>"), picture(url)))));
        CaptionApiTest.assertRefused(response, 400, "messages[0].content[1].image_url.url", code, message);
    }

    @Test
    void takesDataUrisAsLibrariesWriteThem() throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(Pictures.read("scene01.png"));
        for (String head : List.of("data:image/png;base64,", "DATA:Image/PNG;charset=utf-8;BASE64,")) {
            assertThat(answer(body(user(picture(head + base64), words("<CAPTION>"))))
                            .content())
                    .isEqualTo("A purple star.");
        }
    }

    @Test
    void refusesWhatNeedsAnotherKindOfModel() throws Exception {
        Object picture = picture(dataUri("scene01.png"));
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(body(Map.of("role", "user", "content", "Hello")))),
                400,
                "messages[0].content",
                "missing_required_parameter",
                MODEL + " looks at images, and the last message has none");
        Map<String, Object> toChat = body(user(words("<CAPTION>"), picture));
        toChat.put("model", TestServer.MODEL);
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(toChat)),
                400,
                "messages[0].content[1]",
                "unsupported_value",
                "This model reads text alone");
        Map<String, Object> beams = body(Map.of("role", "user", "content", "Hello"));
        beams.put("model", TestServer.MODEL);
        beams.put("num_beams", 3);
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(beams)), 400, null, "invalid_request", "chat allows 1");
    }

    @Test
    void refusesWhatSuchAModelCannotDo() throws Exception {
        Object picture = picture(dataUri("scene01.png"));
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(body(user(picture, picture, words("<CAPTION>"))))),
                400,
                "messages[0].content[1]",
                "unsupported_value",
                "one image at a time");
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(body(user(picture, words("What is this?"))))),
                400,
                "messages[0].content",
                "invalid_value",
                "it has <OCR>, <OCR_WITH_REGION>, <CAPTION>");
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(
                        body(user(picture, words("<CAPTION>")), Map.of("role", "assistant", "content", "A star.")))),
                400,
                "messages[1].role",
                "invalid_value",
                "the last message must be the user's");
        Map<String, Object> tools = body(user(picture, words("<CAPTION>")));
        tools.put("tools", List.of(Map.of("type", "function", "function", Map.of("name", "f"))));
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(tools)), 400, "tools", "unsupported_value", "calls no tools");
        String huge = "data:image/png;base64," + Base64.getEncoder().encodeToString(Pictures.promising(60_000, 60_000));
        CaptionApiTest.assertRefused(
                server.chat(JsonWriter.write(body(user(picture(huge), words("<CAPTION>"))))),
                413,
                "messages[0].content[0].image_url.url",
                "image_too_large",
                "60000 × 60000 pixels");
    }
}
