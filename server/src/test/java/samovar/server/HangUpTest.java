package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import samovar.hub.RepoId;

/** Turns long enough to be left: SmolLM2 is told never to end, so that only a hang-up or the limit ends it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HangUpTest {
    private static final String MODEL = "bundled/SmolLM2-135M-Instruct";
    private static final String CANCELLED = "samovar_turns_total{reason=\"cancelled\"}";

    private static TestServer server;

    @BeforeAll
    static void start() {
        ServerConfig config = TestServer.config();
        server = TestServer.start(new ServerConfig(
                config.network(),
                config.models(),
                new ServerConfig.Inference(Optional.of(RepoId.of(MODEL)), 1, 1L << 30)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String endless(String question, boolean stream) {
        return "{\"model\":\"" + MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}],"
                + "\"temperature\":0,\"max_tokens\":1500,\"min_tokens\":1500,\"stream\":" + stream + "}";
    }

    private static Socket ask(String body) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    private static double cancelled() throws Exception {
        return server.metric(CANCELLED);
    }

    /** How many tokens still came after the client left, once the turn has ended. */
    private static double tokensAfterHangUp(Socket client, double cancelledBefore) throws Exception {
        double before = server.metric("samovar_tokens_generated_total");
        client.close();
        while (cancelled() == cancelledBefore) {
            Thread.sleep(2);
        }
        return server.metric("samovar_tokens_generated_total") - before;
    }

    private static void awaitTokens(double more) throws Exception {
        double start = server.metric("samovar_tokens_generated_total");
        while (server.metric("samovar_tokens_generated_total") < start + more) {
            Thread.sleep(5);
        }
    }

    @Test
    void endsAStreamWithinAToken() throws Exception {
        double cancelledBefore = cancelled();
        Socket client = ask(endless("Tell me a story.", true));
        InputStream in = client.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\"content\":\" ") < 0) {
            read.append((char) in.read());
        }
        // One token may be in the making; the others may come while the test reads the counter and hangs up.
        assertThat(tokensAfterHangUp(client, cancelledBefore)).isLessThanOrEqualTo(4);
    }

    @Test
    void endsAReplyThatIsNotStreamedWithinAToken() throws Exception {
        double cancelledBefore = cancelled();
        Socket client = ask(endless("Tell me a story.", false));
        awaitTokens(5);
        assertThat(tokensAfterHangUp(client, cancelledBefore)).isLessThanOrEqualTo(4);
    }

    @Test
    void endsInTheMiddleOfALongPrompt() throws Exception {
        double cancelledBefore = cancelled();
        Socket client = ask(endless("word ".repeat(1500), true));
        while (server.metric("samovar_turns_waiting") > 0) {
            Thread.sleep(1);
        }
        Thread.sleep(60);
        long start = System.nanoTime();
        assertThat(tokensAfterHangUp(client, cancelledBefore)).isZero();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(2000);
    }

    @Test
    void answersTheNextTurnRightAfterOneThatWasLeft() throws Exception {
        double cancelledBefore = cancelled();
        Socket client = ask(endless("word ".repeat(1500), true));
        Thread.sleep(100);
        tokensAfterHangUp(client, cancelledBefore);
        HttpResponse<String> response = server.chat("{\"model\":\"" + MODEL
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}],"
                + "\"temperature\":0,\"max_tokens\":12}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Paris");
    }

    @Test
    void answersWholeBeforeItClosesOnAClientThatSentMore() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            try (Socket client = ask("{\"model\":\"" + MODEL
                    + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story.\"}],\"temperature\":0,"
                    + "\"max_tokens\":200,\"min_tokens\":200,\"stream\":" + stream + "}")) {
                awaitTokens(5);
                client.getOutputStream()
                        .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 200").contains("\"finish_reason\":\"length\"");
                if (stream) {
                    assertThat(answer).contains("data: [DONE]\n\n\r\n0\r\n\r\n");
                }
            }
        }
    }

    @Test
    void refusesWhatTheQueueDoesNotHoldAndSaysWhenToAskAgain() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            clients.add(ask(endless("Tell me a story.", true)));
            awaitTokens(1);
            clients.add(ask(endless("Tell me another.", true)));
            while (server.metric("samovar_turns_waiting") < 1) {
                Thread.sleep(2);
            }
            HttpResponse<String> refused = server.chat(endless("And one more.", true));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(TestServer.json(refused).get("error").get("code").asString())
                    .isEqualTo("busy");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }
}
