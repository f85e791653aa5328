package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Written over a plain socket, since HTTP clients do not let a test choose Host and Origin. */
class AccessTest {
    private static TestServer open;
    private static TestServer locked;

    @BeforeAll
    static void start() {
        open = TestServer.start();
        ServerConfig config = TestServer.config();
        locked = TestServer.start(new ServerConfig(
                new ServerConfig.Network("127.0.0.1", 0, Optional.of("s3cret")), config.models(), config.inference()));
    }

    @AfterAll
    static void stop() {
        open.close();
        locked.close();
    }

    /** The whole answer as text; PORT in the headers becomes the server's. */
    static String exchange(TestServer server, String request) throws IOException {
        return exchange(server, request, new byte[0]);
    }

    private static String exchange(TestServer server, String request, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            String text = request.replace("PORT", String.valueOf(server.port()));
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(TestServer server, String headers) throws IOException {
        StringBuilder request = new StringBuilder("GET /v1/models HTTP/1.1\r\nConnection: close\r\n");
        for (String header : headers.split(";", -1)) {
            request.append(header.strip()).append("\r\n");
        }
        return Integer.parseInt(exchange(server, request + "\r\n").split(" ", 3)[1]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Host: localhost:PORT                                                   | 200
            Host: 127.0.0.1:PORT                                                   | 200
            Host: [::1]:PORT                                                       | 200
            Host: LOCALHOST:PORT                                                   | 200
            Host: 192.168.1.7:PORT                                                 | 200
            Host: rebound.example:PORT                                             | 403
            Host: localhost.evil.example:PORT                                      | 403
            Host: 127.0.0.1.evil.example:PORT                                      | 403
            Host: localhost:PORT; Origin: http://localhost:PORT                    | 200
            Host: localhost:PORT; Origin: https://localhost:PORT                   | 200
            Host: localhost:PORT; Origin: http://localhost:1                       | 403
            Host: localhost:PORT; Origin: http://127.0.0.1:PORT                    | 403
            Host: localhost:PORT; Origin: https://evil.example                     | 403
            Host: localhost:PORT; Origin: null                                     | 403
            Host: localhost:PORT; Sec-Fetch-Site: cross-site                       | 403
            Host: localhost:PORT; Sec-Fetch-Site: same-site                        | 403
            Host: localhost:PORT; Sec-Fetch-Site: same-origin                      | 200
            Host: localhost:PORT; Sec-Fetch-Site: none                             | 200
            Host: rebound.example:PORT; Origin: http://rebound.example:PORT        | 403
            Host: localhost:PORT; Authorization: Bearer whatever                   | 200
            """)
    void withoutAKeyLetsProgramsAndTheOwnPageIn(String headers, int status) throws Exception {
        assertThat(status(open, headers)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Host: localhost:PORT                                                              | 401
            Host: localhost:PORT; Authorization: Bearer wrong                                 | 401
            Host: localhost:PORT; Authorization: Basic s3cret                                 | 401
            Host: localhost:PORT; Authorization: Bearer s3cret2                               | 401
            Host: localhost:PORT; Authorization: Bearer s3cret                                | 200
            Host: localhost:PORT; Authorization: bearer s3cret                                | 200
            Host: box.example:PORT; Authorization: Bearer s3cret                              | 200
            Host: box.example:PORT; Origin: https://app.example; Authorization: Bearer s3cret | 200
            Host: box.example:PORT                                                            | 403
            Host: localhost:PORT; Sec-Fetch-Site: none                                        | 401
            Host: localhost:PORT; Origin: http://localhost:PORT                               | 200
            Host: localhost:PORT; Sec-Fetch-Site: same-origin                                 | 200
            Host: localhost:PORT; Referer: http://localhost:PORT/                             | 200
            Host: localhost:PORT; Referer: http://localhost:PORT.evil.example/                | 401
            Host: localhost:PORT; Origin: https://evil.example; Authorization: Bearer wrong   | 403
            """)
    void withAKeyLetsItsHoldersAndTheOwnPageIn(String headers, int status) throws Exception {
        assertThat(status(locked, headers)).isEqualTo(status);
    }

    /** A form that a browser sends to any address without asking first: what a foreign page would try. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Host: localhost:PORT                                                        | 200 | 401
            Host: localhost:PORT; Origin: http://localhost:PORT                         | 200 | 200
            Host: localhost:PORT; Origin: https://evil.example                          | 403 | 403
            Host: localhost:PORT; Origin: null                                          | 403 | 403
            Host: localhost:PORT; Sec-Fetch-Site: cross-site                            | 403 | 403
            Host: localhost:PORT; Sec-Fetch-Site: same-site                             | 403 | 403
            Host: rebound.example:PORT; Origin: http://rebound.example:PORT             | 403 | 403
            Host: localhost:PORT; Authorization: Bearer wrong                           | 200 | 401
            Host: localhost:PORT; Authorization: Bearer s3cret                          | 200 | 200
            Host: a.example; Origin: https://b.example; Authorization: Bearer s3cret    | 403 | 200
            """)
    void formsWithPicturesAreForTheSameOnes(String headers, int withoutKey, int withKey) throws Exception {
        byte[] form = new FormBody()
                .field("task", "<CAPTION>")
                .file(Pictures.read("scene01.png"))
                .toBytes();
        for (TestServer server : new TestServer[] {open, locked}) {
            String head = "POST /v1/captions HTTP/1.1\r\nConnection: close\r\nContent-Type: " + FormBody.TYPE
                    + "\r\nContent-Length: " + form.length + "\r\n" + headers.replace("; ", "\r\n") + "\r\n\r\n";
            String answer = exchange(server, head, form);
            assertThat(answer).startsWith("HTTP/1.1 " + (server == open ? withoutKey : withKey));
            assertThat(answer.contains("A purple star.")).isEqualTo(answer.startsWith("HTTP/1.1 200"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /health HTTP/1.1                                            | 200
            GET /bundled/tiny-chat/resolve/main/config.json HTTP/1.1        | 200
            GET /api/models/bundled/tiny-chat HTTP/1.1                      | 200
            """)
    void leavesWhatIsPublicToEveryOrigin(String line, int status) throws Exception {
        String answer = exchange(
                locked,
                line + "\r\nHost: rebound.example\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
}
