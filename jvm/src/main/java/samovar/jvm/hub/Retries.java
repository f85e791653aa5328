package samovar.jvm.hub;

import java.time.Duration;
import java.util.Optional;

/**
 * How often something that failed is tried again, and after what pause: the first pause, then twice the one before, but never less
 * than the upstream asks for with Retry-After.
 *
 * @param most how often at most, one after the other, without any progress between
 * @param longest the longest pause; an upstream that asks for more is not asked again
 */
record Retries(int most, Duration first, Duration longest) {
    static final Retries USUAL = new Retries(5, Duration.ofMillis(500), Duration.ofSeconds(60));

    /**
     * The pause after this many failures in a row.
     *
     * @param failures at least 1
     * @return empty if it is not to be tried again
     */
    Optional<Duration> pauseBefore(int failures, Optional<Duration> asked) {
        if (failures > most || asked.filter(wait -> wait.compareTo(longest) > 0).isPresent()) {
            return Optional.empty();
        }
        Duration grown = first.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration own = grown.compareTo(longest) > 0 ? longest : grown;
        return Optional.of(asked.filter(wait -> wait.compareTo(own) > 0).orElse(own));
    }
}
