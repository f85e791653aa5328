package samovar.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;

/**
 * How long answers take, by route: from the request's head to the last byte of the answer. Labels are the routes as they are written
 * in the code, known methods and classes of status, so that no request can make a new one.
 */
public final class RequestMeters {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;

    public RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public void install(JavalinConfig config) {
        config.requestLogger.http(this::record);
    }

    private void record(Context context, float millis) {
        Endpoint route = context.endpoints().matchedHttpEndpoint();
        String method = context.req().getMethod();
        Timer.builder("samovar.http.requests")
                .description("Time from a request's head to the end of its answer")
                .tag("route", route == null ? "none" : route.path)
                .tag("method", METHODS.contains(method) ? method : "other")
                .tag("status", context.statusCode() / 100 + "xx")
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos((long) (millis * 1e6)));
    }
}
