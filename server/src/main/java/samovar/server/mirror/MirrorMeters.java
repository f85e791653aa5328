package samovar.server.mirror;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import samovar.jvm.hub.CacheEvents;

/** What is counted of the mirror and its cache. May be shared between threads. */
public final class MirrorMeters implements CacheEvents {
    private final Counter hits;
    private final Counter misses;
    private final Counter received;
    private final Counter sent;
    private final Counter damaged;
    private final Counter evictions;
    private final Counter evictedBytes;
    private final AtomicInteger running;

    public MirrorMeters(MeterRegistry registry) {
        hits = counter(registry, "samovar.cache.hits", "Contents that were asked for and were in the cache");
        misses = counter(
                registry, "samovar.cache.misses", "Contents that were asked for and had to come, or were coming");
        received = counter(registry, "samovar.upstream.bytes", "Bytes of contents that came from the upstream");
        sent = counter(registry, "samovar.client.bytes", "Bytes of files that went to clients of the mirror");
        damaged = counter(
                registry, "samovar.verification.failures", "Downloads that had not the promised hash or length");
        evictions = counter(registry, "samovar.cache.evictions", "Contents that made room for others");
        evictedBytes = counter(registry, "samovar.cache.evicted.bytes", "Bytes that evictions freed");
        running = registry.gauge("samovar.downloads.running", new AtomicInteger());
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    @Override
    public void hit() {
        hits.increment();
    }

    @Override
    public void missed() {
        misses.increment();
    }

    @Override
    public void began() {
        running.incrementAndGet();
    }

    @Override
    public void ended() {
        running.decrementAndGet();
    }

    @Override
    public void received(long bytes) {
        received.increment((double) bytes);
    }

    @Override
    public void damaged() {
        damaged.increment();
    }

    @Override
    public void evicted(long bytes) {
        evictions.increment();
        evictedBytes.increment((double) bytes);
    }

    void sent(long bytes) {
        sent.increment((double) bytes);
    }
}
