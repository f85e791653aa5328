package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.json.Json;

/** Addresses that are there, asked with a method that is not. */
class MethodsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/chat/completions, POST",
        "HEAD, /v1/chat/completions, POST",
        "PUT, /v1/chat/completions, POST",
        "DELETE, /v1/captions, POST",
        "GET, /v1/captions, POST",
        "GET, /v1/models/bundled/tiny-chat/load, POST",
        "GET, /api/models/bundled/tiny-chat/paths-info/main, POST",
        "POST, /v1/models, GET",
        "POST, /health, GET",
        "PUT, /metrics, GET",
        "POST, /api/models/bundled/tiny-chat, GET",
        "DELETE, /bundled/tiny-chat/resolve/main/config.json, GET",
        "POST, /pictures, GET",
        "POST, /, GET",
        "PATCH, /v1/captions, POST",
    })
    void saysWhichMethodsAnAddressTakes(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer =
                server.send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains(allowed);
        if (!method.equals("HEAD")) {
            assertThat(TestServer.json(answer).get("error").get("message").asString())
                    .contains(path);
            assertThat(TestServer.json(answer).get("error").get("code").asString())
                    .isEqualTo("method_not_allowed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/none",
        "POST, /v1/none/of/these",
        "POST, /v1/completions",
        "POST, /v1/embeddings",
        "POST, /nowhere",
        "POST, /assets/none.js",
        "PUT, /v1/none",
        "DELETE, /nowhere",
        "PATCH, /nowhere",
        "GET, /nowhere"
    })
    void anAddressThatIsNotThereIsUnknownUnderEveryMethod(String method, String path) throws Exception {
        HttpResponse<String> answer =
                server.send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Allow")).isEmpty();
        Json error = TestServer.json(answer).get("error");
        assertThat(error.get("code").asString()).isEqualTo("unknown_url");
        assertThat(error.get("message").asString())
                .startsWith("Unknown address: " + method + " " + path + ". ")
                .contains("POST /v1/chat/completions", "POST /v1/captions", "GET /v1/models");
    }
}
