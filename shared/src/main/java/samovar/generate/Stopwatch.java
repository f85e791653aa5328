package samovar.generate;

import samovar.platform.NanoClock;

/** Times one generation; asks the clock twice, not once per token. */
final class Stopwatch {
    private static final double NANOS_PER_MILLI = 1e6;

    private final NanoClock clock;
    private final long start;
    private long first;
    private boolean started;

    Stopwatch(NanoClock clock, long start) {
        this.clock = clock;
        this.start = start;
    }

    /** A token was chosen. */
    void token() {
        if (!started) {
            started = true;
            first = clock.nanoTime();
        }
    }

    Timings timings(int tokens) {
        double total = (clock.nanoTime() - start) / NANOS_PER_MILLI;
        double toFirst = started ? (first - start) / NANOS_PER_MILLI : total;
        double decoding = total - toFirst;
        double rate = tokens > 1 && decoding > 0 ? (tokens - 1) * 1000 / decoding : 0;
        return new Timings(toFirst, total, rate);
    }
}
