package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that trickle their requests: more of them than the server has threads. */
@Timeout(120)
class SlowClientsTest {
    private static final int CLIENTS = 300;

    private static List<Socket> connect(TestServer server, String text) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            sockets.add(socket);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void assertAnswers(TestServer server) throws Exception {
        long start = System.nanoTime();
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(server.get("/bundled/tiny-chat/resolve/main/config.json").statusCode())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void headsThatComeByteByByteHoldNoThread() throws Exception {
        try (TestServer server = TestServer.start()) {
            List<Socket> slow = connect(server, "GET /health HTTP/1.1\r\nHost: loc");
            try {
                for (int i = 0; i < 5; i++) {
                    for (Socket socket : slow) {
                        socket.getOutputStream().write('a');
                    }
                    assertAnswers(server);
                }
            } finally {
                close(slow);
            }
        }
    }

    @Test
    void bodiesThatComeByteByByteAreCutOffAndTheirThreadsComeBack() throws Exception {
        try (TestServer server = TestServer.start()) {
            List<Socket> slow = connect(
                    server, "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{");
            try {
                long start = System.nanoTime();
                boolean cut = false;
                while (!cut
                        && System.nanoTime() - start < Duration.ofSeconds(40).toNanos()) {
                    cut = trickle(slow);
                    Thread.sleep(200);
                }
                assertThat(cut).isTrue();
                assertAnswers(server);
            } finally {
                close(slow);
            }
        }
    }

    /** A byte from each. @return whether none is listened to any more */
    private static boolean trickle(List<Socket> slow) throws IOException {
        boolean all = true;
        for (Socket socket : slow) {
            try {
                socket.getOutputStream().write(' ');
                all &= socket.getInputStream().available() > 0;
            } catch (SocketException reset) {
                assertThat(reset.getMessage()).isNotNull();
            }
        }
        return all;
    }
}
