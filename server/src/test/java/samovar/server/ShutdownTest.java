package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShutdownTest {
    @Test
    void endsRunningTurnsAndTellsTheirClients() throws Exception {
        TestServer server = TestServer.start();
        HttpRequest.Builder request = server.request("/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"tiny-chat\",\"stream\":true,\"max_tokens\":900,"
                        + "\"min_tokens\":900,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"));
        HttpResponse<InputStream> response =
                server.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        InputStream stream = response.body();
        byte[] begin = stream.readNBytes(200);
        long start = System.nanoTime();
        server.close();
        String rest = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
        assertThat(new String(begin, StandardCharsets.UTF_8)).contains("chat.completion.chunk");
        assertThat(rest)
                .contains("{\"error\":{\"message\":\"the server is stopping")
                .doesNotContain("[DONE]");
    }
}
