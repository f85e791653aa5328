package samovar.jvm.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.image.ImageException;
import samovar.image.ImageException.Kind;
import samovar.image.ImageLimits;
import samovar.image.ImageSize;

class ImageAddressesTest {
    private static final byte[] PNG = Goldens.file("decode/rgb.png");

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/image.png", exchange -> send(exchange, PNG));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/image.png");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[1000];
            try (exchange) {
                while (end.getCount() > 0) {
                    exchange.getResponseBody().write(piece);
                }
            }
        });
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG, 0, 20);
            exchange.getResponseBody().flush();
            waitForTheEnd();
            exchange.close();
        });
        server.start();
        url = "http://localhost:" + server.getAddress().getPort();
    }

    private void waitForTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void loadsOverHttpAndFollowsRedirects() {
        assertThat(new ImageIoDecoder().load(url + "/image.png").size()).isEqualTo(new ImageSize(37, 22));
        assertThat(new ImageIoDecoder().load(url + "/moved").size()).isEqualTo(new ImageSize(37, 22));
    }

    @Test
    void loadsDataAddresses() {
        String base64 = Base64.getMimeEncoder().encodeToString(PNG);
        assertThat(addresses().fetch("data:image/png;base64," + base64)).isEqualTo(PNG);
        assertThat(addresses().fetch("DATA:;BASE64," + base64)).isEqualTo(PNG);
        assertThat(addresses().fetch("data:text/plain,a%20b+c%FF")).containsExactly('a', ' ', 'b', '+', 'c', 0xff);
    }

    @Test
    void loadsFiles() {
        String file = Goldens.FOLDER
                .resolve("decode/rgb.png")
                .toAbsolutePath()
                .toUri()
                .toString();
        assertThat(addresses().fetch(file)).isEqualTo(PNG);
        assertThatThrownBy(() -> addresses().fetch(file + ".not"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://localhost/a.png", "image.png", "http:///a.png", "http://a b/", "data:image/png", ""})
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> addresses().fetch(address))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining(address)
                .hasMessageContaining("data:");
    }

    @Test
    void saysWhatAServerAnswered() {
        assertThatThrownBy(() -> addresses().fetch(url + "/none.png"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("/none.png answered with status 404");
    }

    @Test
    void saysThatNobodyIsThere() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThatThrownBy(() -> addresses().fetch("http://localhost:" + port + "/image.png"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("could not fetch");
    }

    @Test
    void givesUpOnABodyThatPassesTheLimit() {
        ImageLimits limits = new ImageLimits(100_000, 1000);
        ImageAddresses small = new ImageAddresses(limits, ImageAddresses.Patience.USUAL);
        assertThatThrownBy(() -> small.fetch(url + "/endless"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
    }

    @Test
    void refusesByTheLengthThatIsAnnounced() {
        ImageAddresses small = new ImageAddresses(new ImageLimits(100, 1000), ImageAddresses.Patience.USUAL);
        assertThatThrownBy(() -> small.fetch(url + "/image.png"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .hasMessageContaining("at most 100");
        assertThatThrownBy(() -> small.fetch("data:;base64," + "AAAA".repeat(100)))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
    }

    @Test
    void givesUpOnABodyThatStops() {
        ImageAddresses.Patience patience = new ImageAddresses.Patience(Duration.ofSeconds(5), Duration.ofMillis(700));
        ImageAddresses hasty = new ImageAddresses(ImageLimits.DEFAULTS, patience);
        assertThatThrownBy(() -> hasty.fetch(url + "/stalled"))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("/stalled did not answer wholly within");
    }

    private static ImageAddresses addresses() {
        return new ImageAddresses(ImageLimits.DEFAULTS, ImageAddresses.Patience.USUAL);
    }
}
