package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samovar.server.tls.OwnCertificate;
import samovar.server.tls.TlsIdentity;

/** The server over https, asked by a client that trusts its certificate and no other. */
class TlsTest {
    @TempDir
    private Path folder;

    private TlsIdentity identity;
    private SSLContext trusting;

    @BeforeEach
    void makeCertificate() throws Exception {
        identity = OwnCertificate.keptIn(folder.resolve("tls"), Set.of("localhost", "127.0.0.1", "::1"));
        trusting = trusting(identity.certificate());
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("samovar", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private ServerConfig config(ServerConfig plain) {
        return new ServerConfig(
                new ServerConfig.Network("127.0.0.1", 0, Optional.empty(), Optional.of(identity)),
                plain.models(),
                plain.inference());
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everythingIsServedToThoseWhoTrustTheCertificate() throws Exception {
        try (SamovarServer server = SamovarServer.start(config(TestServer.config()))) {
            server.awaitDefaultModel();
            assertThat(server.url()).isEqualTo("https://localhost:" + server.port());
            HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
            for (String host : List.of("localhost", "127.0.0.1")) {
                String url = "https://" + host + ":" + server.port();
                assertThat(get(client, url + "/health").body()).contains("\"ok\"");
                HttpResponse<String> file = get(client, url + "/bundled/tiny-chat/resolve/main/config.json");
                assertThat(file.body())
                        .isEqualTo(Files.readString(Path.of("..", "models", "bundled", "tiny-chat", "config.json")));
                assertThat(file.headers().firstValue("Cross-Origin-Embedder-Policy"))
                        .hasValue("require-corp");
                assertThat(get(client, url + "/api/models/bundled/tiny-chat/tree/main?limit=1")
                                .headers()
                                .firstValue("Link"))
                        .hasValueSatisfying(link -> assertThat(link).startsWith("<" + url));
                HttpResponse<String> chat = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                                .header("Origin", url)
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"model\":\"bundled/tiny-chat\","
                                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 plus 4?\"}],\"temperature\":0}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(chat.body()).contains("3 plus 4 is 7.");
            }
        }
    }

    @Test
    void othersAndPlainHttpGetNothing() throws Exception {
        try (SamovarServer server = SamovarServer.start(config(TestServer.config()))) {
            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), server.url() + "/health"))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> get(
                            HttpClient.newBuilder()
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .build(),
                            "http://localhost:" + server.port() + "/health"))
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    /** Under TLS a hang-up is a message that has to be decrypted. */
    @Test
    void aClientThatLeavesEndsItsDownload() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeHub hub = new FakeHub().add("org/model", Map.of("onnx/model.onnx", new byte[500_000]))) {
            hub.answer(hub.stored("org/model", "onnx/model.onnx"), exchange -> {
                exchange.sendResponseHeaders(200, 500_000);
                exchange.getResponseBody().write(new byte[300_000]);
                exchange.getResponseBody().flush();
                try {
                    assertThat(never.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (SamovarServer server = SamovarServer.start(config(hub.config(folder.resolve("cache"))))) {
                HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
                try (SSLSocket socket = (SSLSocket)
                        trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.getOutputStream()
                            .write("GET /org/model/resolve/main/onnx/model.onnx HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
                    assertThat(get(client, server.url() + "/metrics").body()).contains("samovar_downloads_running 1");
                }
                long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
                String metrics = "";
                while (System.nanoTime() < end && !metrics.contains("samovar_downloads_running 0")) {
                    metrics = get(client, server.url() + "/metrics").body();
                    Thread.sleep(50);
                }
                assertThat(metrics).contains("samovar_downloads_running 0");
            } finally {
                never.countDown();
            }
        }
    }

    @Test
    void theProgramMakesACertificateAndPrintsItsFingerprint() throws Exception {
        Process process = ServerProcess.start(
                folder, "--port", "0", "--offline", "--tls", "--models", "../models", "--model", "bundled/tiny-chat");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String said = "";
            String line = "";
            while (line != null && !line.startsWith("https://localhost:")) {
                line = out.readLine();
                said += line + "\n";
            }
            assertThat(said)
                    .containsPattern("tls +[0-9.]+ m?s +certificate until 20[0-9-]+, SHA-256 ([0-9A-F]{2}:){31}");
            TlsIdentity kept = samovar.server.tls.PemFiles.read(
                    folder.resolve("data/samovar/tls/certificate.pem"), folder.resolve("data/samovar/tls/key.pem"));
            assertThat(said).contains(kept.fingerprint());
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(trusting(kept.certificate()))
                    .build();
            assertThat(get(client, line + "/health").statusCode()).isEqualTo(200);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
