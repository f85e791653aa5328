package samovar.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samovar.hub.RepoId;
import samovar.json.Json;
import samovar.jvm.JvmOptions;

/** A server on a free port with the models of the checkout, and a client for it. */
final class TestServer implements AutoCloseable {
    static final String MODEL = "bundled/tiny-chat";
    private static final Path MODELS = Path.of("..", "models");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final SamovarServer server;

    private TestServer(SamovarServer server) {
        this.server = server;
    }

    /** With tiny-chat loaded. */
    static TestServer start() {
        return start(config());
    }

    static TestServer start(ServerConfig config) {
        TestServer server = new TestServer(SamovarServer.start(config));
        server.server.awaitDefaultModel();
        return server;
    }

    static ServerConfig config() {
        return config(options -> options);
    }

    static ServerConfig config(UnaryOperator<JvmOptions> change) {
        return new ServerConfig(
                new ServerConfig.Network("127.0.0.1", 0, Optional.empty()),
                change.apply(options()),
                new ServerConfig.Inference(Optional.of(RepoId.of(MODEL)), 4, 1L << 30));
    }

    private static JvmOptions options() {
        try {
            Path cache = Files.createTempDirectory("samovar-test-cache");
            cache.toFile().deleteOnExit();
            return JvmOptions.defaults()
                    .models(List.of(MODELS))
                    .cache(cache)
                    .offline(true)
                    .threads(1);
        } catch (IOException e) {
            throw new IllegalStateException("no temporary folder", e);
        }
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpClient http() {
        return http;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> chat(String body) throws IOException, InterruptedException {
        return send(request("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A counter or gauge of /metrics, the sum over its tags. */
    double metric(String name) throws IOException, InterruptedException {
        double sum = 0;
        for (String line : get("/metrics").body().split("\n", -1)) {
            if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return sum;
    }

    static Json json(HttpResponse<String> response) {
        return Json.parse(response.body(), "answer");
    }

    @Override
    public void close() {
        server.close();
    }
}
