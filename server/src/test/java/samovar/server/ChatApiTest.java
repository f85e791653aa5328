package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.generate.FinishReason;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.wire.ChatCompletion;
import samovar.wire.ChatCompletionChunk;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;

class ChatApiTest {
    private static final String QUESTION = "[{\"role\":\"user\",\"content\":\"What is 3 plus 4?\"}]";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Json> goldenCases() throws Exception {
        String goldens = Files.readString(
                Path.of("..", "shared", "src", "test", "resources", "goldens", "tiny_chat_greedy.json"));
        return Json.parse(goldens, "goldens").get("cases").elements();
    }

    private static String body(Object messages, boolean stream) {
        return body(messages, "fp32", stream);
    }

    private static String body(Object messages, String dtype, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", TestServer.MODEL);
        body.put("messages", messages);
        body.put("temperature", 0);
        body.put("max_tokens", 48);
        body.put("dtype", dtype);
        body.put("return_token_ids", true);
        if (stream) {
            body.put("stream", true);
            body.put("stream_options", Map.of("include_usage", true));
        }
        return JsonWriter.write(body);
    }

    private static String question(String members) {
        return "{\"model\":\"" + TestServer.MODEL + "\",\"messages\":" + QUESTION + ",\"temperature\":0" + members
                + "}";
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void answersTheGoldensWhole(Json golden) throws Exception {
        HttpResponse<String> response = server.chat(body(golden.get("messages"), false));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        ChatCompletion completion = ChatCompletion.ofJson(TestServer.json(response));
        assertThat(completion.content()).isEqualTo(golden.get("text").asString());
        assertThat(completion.tokenIds()).isEqualTo(golden.get("token_ids").listOf(Json::asInt));
        assertThat(completion.finishReason().label())
                .isEqualTo(golden.get("finish_reason").asString());
        assertThat(completion.usage().promptTokens())
                .isEqualTo(golden.get("prompt_ids").size());
        assertThat(completion.usage().completionTokens())
                .isEqualTo(golden.get("token_ids").size());
        assertThat(completion.timings().totalMillis()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void answersTheGoldensAsAStream(Json golden) throws Exception {
        HttpResponse<String> response = server.chat(body(golden.get("messages"), true));
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        List<SseEvent> events = new SseReader().add(response.body());
        assertThat(events.get(events.size() - 1).isDone()).isTrue();
        List<ChatCompletionChunk> chunks = chunks(events);
        assertThat(chunks.get(0).role()).isEqualTo("assistant");
        StringBuilder text = new StringBuilder();
        List<Integer> ids = new ArrayList<>();
        for (ChatCompletionChunk chunk : chunks) {
            text.append(chunk.content() == null ? "" : chunk.content());
            ids.addAll(chunk.tokenIds());
        }
        assertThat(text.toString()).isEqualTo(golden.get("text").asString());
        assertThat(ids).isEqualTo(golden.get("token_ids").listOf(Json::asInt));
        ChatCompletionChunk last = chunks.get(chunks.size() - 2);
        assertThat(last.finishReason().label())
                .isEqualTo(golden.get("finish_reason").asString());
        assertThat(last.timings().firstTokenMillis()).isPositive();
        assertThat(chunks.get(chunks.size() - 1).usage().promptTokens())
                .isEqualTo(golden.get("prompt_ids").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4"})
    void answersTheGoldensInEveryDtype(String dtype) throws Exception {
        assertThat(goldenCases()).hasSize(13);
        for (Json golden : goldenCases()) {
            HttpResponse<String> response = server.chat(body(golden.get("messages"), dtype, false));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            ChatCompletion completion = ChatCompletion.ofJson(TestServer.json(response));
            assertThat(completion.content()).isEqualTo(golden.get("text").asString());
            assertThat(completion.tokenIds()).isEqualTo(golden.get("token_ids").listOf(Json::asInt));
        }
    }

    private static List<ChatCompletionChunk> chunks(List<SseEvent> events) {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        for (SseEvent event : events) {
            if (!event.isDone()) {
                chunks.add(ChatCompletionChunk.ofJson(Json.parse(event.data(), "chunk")));
            }
        }
        return chunks;
    }

    @Test
    void leavesUsageAndIdsOutOfAStreamThatDidNotAsk() throws Exception {
        String stream = server.chat(question(",\"stream\":true")).body();
        assertThat(stream).contains("data: [DONE]").doesNotContain("\"usage\"").doesNotContain("token_ids");
        assertThat(stream).contains("\"role\":\"assistant\"").contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void endsAtTheLimitOfTokens() throws Exception {
        ChatCompletion completion = ChatCompletion.ofJson(TestServer.json(server.chat(question(",\"max_tokens\":2"))));
        assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(completion.usage().completionTokens()).isEqualTo(2);
    }

    @Test
    void endsAtAStopStringWhichIsNoPartOfTheAnswer() throws Exception {
        ChatCompletion completion = ChatCompletion.ofJson(TestServer.json(server.chat(question(",\"stop\":\" is\""))));
        assertThat(completion.content()).isEqualTo("3 plus 4");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void givesTheSameAnswerForTheSameSeed() throws Exception {
        String request =
                "{\"model\":\"" + TestServer.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                        + "\"temperature\":2,\"top_k\":50,\"max_tokens\":20,\"seed\":";
        String first = content(server.chat(request + "7}"));
        assertThat(content(server.chat(request + "7}"))).isEqualTo(first);
        assertThat(content(server.chat(request + "8}"))).isNotEqualTo(first);
    }

    private static String content(HttpResponse<String> response) {
        return ChatCompletion.ofJson(TestServer.json(response)).content();
    }

    @Test
    void findsAModelByItsBareName() throws Exception {
        assertThat(server.chat(question("").replace(TestServer.MODEL, "tiny-chat"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'model':'org/none','messages':M            | 404 | model    | model_not_found          | Models here: bundled/
            'model':'gpt-4','messages':M               | 404 | model    | model_not_found          | The model 'gpt-4' is no model here
            'model':'tiny-chat'                        | 400 | messages | missing_required_parameter | Missing required parameter: 'messages'
            'model':'tiny-chat','messages':M,'top_p':3 | 400 | top_p    | invalid_value            | from 0 to 1, found 3
            'model':'tiny-chat','messages':M,'dtype':'q5' | 400 | dtype | plan                     | unknown dtype "q5"; valid: fp32, fp16, q8
            'model':'tiny-chat','messages':M,'dtype':'q2' | 400 | dtype | plan                     | q2
            'model':'tiny-chat','messages':M,'dtype':{'decoder':'q4'} | 400 | dtype | plan           | unknown module "decoder"
            'model':'tiny-chat','messages':M,'logit_bias':{'99999':1} | 400 | | invalid_request  | logit_bias: expected token ids from 0 to
            'model':'tiny-chat','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:,'}}]}] | 400 | messages[0].content[0] | unsupported_value | reads text alone
            """)
    void refusesInOpenAisForm(String members, int status, String param, String code, String message) throws Exception {
        String body = "{" + members.replace("M", QUESTION).replace('\'', '"') + "}";
        HttpResponse<String> response = server.chat(body);
        assertThat(response.statusCode()).isEqualTo(status);
        Json error = TestServer.json(response).get("error");
        assertThat(error.get("message").asString()).contains(message);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asString(null)).isEqualTo(param);
        assertThat(error.get("code").asString(null)).isEqualTo(code);
    }

    @Test
    void refusesBodiesThatAreNoJson() throws Exception {
        HttpResponse<String> response = server.chat("{\"model\":");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).get("error").get("message").asString())
                .startsWith("The body is not JSON");
    }

    @Test
    void refusesAPromptThatIsTooLong() throws Exception {
        String body = "{\"model\":\"tiny-chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                + "plus ".repeat(5000) + "\"}]}";
        HttpResponse<String> response = server.chat(body);
        assertThat(response.statusCode()).isEqualTo(400);
        Json error = TestServer.json(response).get("error");
        assertThat(error.get("code").asString()).isEqualTo("context_length_exceeded");
        assertThat(error.get("param").asString()).isEqualTo("messages");
    }
}
