package samovar.server.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;

/** What is counted of inference. May be shared between threads. */
final class Meters {
    private final Counter tokens;
    private final Counter promptTokens;
    private final Counter failures;
    private final Counter refusals;
    private final Timer firstToken;
    private final Map<FinishReason, Counter> turns = new EnumMap<>(FinishReason.class);
    private final AtomicInteger waiting;

    Meters(MeterRegistry registry) {
        tokens = Counter.builder("samovar.tokens.generated")
                .description("Tokens generated, those of cancelled turns too")
                .register(registry);
        promptTokens = Counter.builder("samovar.tokens.prompt")
                .description("Tokens of the prompts of ended turns")
                .register(registry);
        failures = Counter.builder("samovar.turns.failed")
                .description("Turns that ended in an error")
                .register(registry);
        refusals = Counter.builder("samovar.turns.refused")
                .description("Turns refused because the queue was full")
                .register(registry);
        firstToken = Timer.builder("samovar.first.token")
                .description("Time from the start of a turn to its first token")
                .register(registry);
        for (FinishReason reason : FinishReason.values()) {
            turns.put(
                    reason,
                    Counter.builder("samovar.turns")
                            .description("Turns that ended, by their reason")
                            .tag("reason", reason.label())
                            .register(registry));
        }
        waiting = registry.gauge("samovar.turns.waiting", new AtomicInteger());
    }

    void queued() {
        waiting.incrementAndGet();
    }

    void dequeued() {
        waiting.decrementAndGet();
    }

    void refused() {
        refusals.increment();
    }

    void failed() {
        failures.increment();
    }

    void saw(GenerationEvent event) {
        if (event instanceof GenerationEvent.Delta delta) {
            tokens.increment(delta.tokenIds().size());
        } else if (event instanceof GenerationEvent.Finished finished) {
            promptTokens.increment(finished.usage().promptTokens());
            turns.get(finished.reason()).increment();
            if (finished.usage().completionTokens() > 0) {
                firstToken.record(Duration.ofNanos((long) (finished.timings().firstTokenMillis() * 1e6)));
            }
        }
    }
}
