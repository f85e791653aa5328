package samovar.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private Javalin server;

    @BeforeEach
    void start() {
        server = Javalin.create(config -> {
            HttpSetup.apply(config, "127.0.0.1", 0, Optional.empty());
            config.routes.get(
                    "/early", context -> new EventStream(context).fail(new IllegalStateException("not for all")));
            config.routes.get("/late", context -> {
                EventStream out = new EventStream(context);
                out.send("one");
                out.fail(new IllegalStateException("not for all"));
            });
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aFaultBeforeTheFirstEventIsTheAnswer() throws Exception {
        assertThat(get("/early").statusCode()).isEqualTo(500);
    }

    @Test
    void aFaultAfterItIsTheLastEvent() throws Exception {
        HttpResponse<String> answer = get("/late");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("data: one\n\n")
                .contains("data: {\"error\":", "internal_error")
                .doesNotContain("not for all");
    }
}
