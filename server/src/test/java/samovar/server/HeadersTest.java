package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
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
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1                                                     | 200
            HEAD / HTTP/1.1                                                    | 200
            GET /assets/app.1234567890.js HTTP/1.1                             | 200
            GET /nothing HTTP/1.1                                              | 404
            GET /health HTTP/1.1                                               | 200
            GET /metrics HTTP/1.1                                              | 200
            GET /v1/models HTTP/1.1                                            | 200
            GET /v1/nothing HTTP/1.1                                           | 404
            POST /v1/models HTTP/1.1                                           | 405
            GET /v1/models/org/none HTTP/1.1                                   | 404
            GET /bundled/tiny-chat/resolve/main/config.json HTTP/1.1           | 200
            HEAD /bundled/tiny-chat/resolve/main/onnx/model.onnx HTTP/1.1      | 200
            GET /bundled/tiny-chat/resolve/main/none HTTP/1.1                  | 404
            GET /bundled/tiny-chat/resolve/main/..%2f..%2fx HTTP/1.1           | 400
            OPTIONS /bundled/tiny-chat/resolve/main/config.json HTTP/1.1       | 204
            GET /%zz HTTP/1.1                                                  | 400
            GET /a/..;/b HTTP/1.1                                              | 400
            BREW /pot HTTP/1.1                                                 | 404
            BREW / HTTP/1.1                                                    | 405
            GET HTTP/1.1                                                       | 505
            """)
    void isolateEveryResponse(String line, int status) throws Exception {
        String answer = AccessTest.exchange(server, line + "\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        String headers = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        assertThat(headers)
                .contains("cross-origin-opener-policy: same-origin")
                .contains("cross-origin-embedder-policy: require-corp")
                .contains("cross-origin-resource-policy: ")
                .contains("x-content-type-options: nosniff")
                .doesNotContain("server: ");
    }

    @Test
    void isolateAnAnswerToHeadersThatAreTooLarge() throws Exception {
        String answer = AccessTest.exchange(
                server, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 431")
                .containsIgnoringCase("cross-origin-embedder-policy: require-corp");
    }

    @Test
    void givesUnknownAddressesInTheErrorForm() throws Exception {
        assertThat(TestServer.json(server.get("/v1/nothing"))
                        .get("error")
                        .get("code")
                        .asString())
                .isEqualTo("unknown_url");
    }

    @Test
    void sendsAssetsCompressedAndForGood() throws Exception {
        var plain = server.get("/assets/app.1234567890.js");
        assertThat(plain.body()).isEqualTo("export const samovar = 'plain';\n");
        assertThat(plain.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        var gzip = server.send(server.request("/assets/app.1234567890.js").header("Accept-Encoding", "br, gzip;q=0.8"));
        assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(gzip.headers().firstValue("ETag"))
                .isNotEqualTo(plain.headers().firstValue("ETag"));
        var refused = server.send(server.request("/assets/app.1234567890.js").header("Accept-Encoding", "gzip;q=0"));
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void servesAPageByItsNameWithoutAnExtension() throws Exception {
        var page = server.get("/pictures");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Pictures</title>");
        // Jetty writes the content types that it knows without a space.
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(server.get("/paintings").statusCode()).isEqualTo(404);
    }

    @Test
    void hasThePageAskedForEachTimeAndAnswersThatItDidNotChange() throws Exception {
        var page = server.get("/");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' 'wasm-unsafe-eval';")
                .contains("default-src 'none'");
        String etag = page.headers().firstValue("ETag").orElseThrow();
        var again = server.send(server.request("/").header("If-None-Match", etag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/../logback.xml",
        "/%2e%2e/logback.xml",
        "/..%2flogback.xml",
        "/assets/../../logback.xml",
        "/assets/",
        "/assets",
        "/index.html.gz",
        "/.hidden",
        "//index.html",
        "/assets%5capp.1234567890.js"
    })
    void servesNothingFromOutsideOfTheSite(String path) throws Exception {
        String answer = AccessTest.exchange(
                server, "GET " + path + " HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 40[04]");
    }
}
