package samovar.jvm;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import samovar.hub.HubUrls;

/**
 * Where models come from and what they may use. Immutable; each method gives a new value: {@code
 * JvmOptions.defaults().models(List.of(Path.of("models"))).offline(true)}.
 *
 * @param models folders that hold repositories as {@code {folder}/{org}/{name}/…}; asked first, in order
 * @param cache where downloads are kept, verified; may be shared by processes
 * @param cacheLimitBytes that downloads may take there together; those unused longest make room. {@link Long#MAX_VALUE} for no limit
 * @param hub the Hub, or a mirror that answers as it does
 * @param token an access token for gated repositories; sent to the Hub's own host only
 * @param offline never ask the Hub
 * @param threads of one session's operators, at least 1
 */
public record JvmOptions(
        List<Path> models,
        Path cache,
        long cacheLimitBytes,
        HubUrls hub,
        Optional<String> token,
        boolean offline,
        int threads) {
    public JvmOptions {
        models = List.copyOf(models);
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(hub, "hub");
        Objects.requireNonNull(token, "token");
        if (cacheLimitBytes < 1) {
            throw new IllegalArgumentException("cacheLimitBytes: " + cacheLimitBytes + "; at least 1");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; at least 1");
        }
    }

    /**
     * No model folders; the cache in the user's cache folder; the Hub and the token as the Hub's own tools take them from
     * the environment ({@code HF_ENDPOINT}, {@code HF_TOKEN}), else the public Hub and none; one thread per processor, at
     * most 8, since more seldom make a token faster.
     */
    public static JvmOptions defaults() {
        Map<String, String> environment = System.getenv();
        return new JvmOptions(
                List.of(),
                cacheFolder(environment),
                Long.MAX_VALUE,
                set(environment, "HF_ENDPOINT").map(HubUrls::new).orElse(HubUrls.PUBLIC),
                set(environment, "HF_TOKEN"),
                false,
                Math.min(8, Runtime.getRuntime().availableProcessors()));
    }

    static Path cacheFolder(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path caches;
        if (set(environment, "XDG_CACHE_HOME").isPresent()) {
            caches = Path.of(environment.get("XDG_CACHE_HOME"));
        } else if (system.startsWith("mac")) {
            caches = home.resolve("Library").resolve("Caches");
        } else if (system.startsWith("windows")
                && set(environment, "LOCALAPPDATA").isPresent()) {
            caches = Path.of(environment.get("LOCALAPPDATA"));
        } else {
            caches = home.resolve(".cache");
        }
        return caches.resolve("samovar");
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    public JvmOptions models(List<Path> folders) {
        return new JvmOptions(folders, cache, cacheLimitBytes, hub, token, offline, threads);
    }

    public JvmOptions cache(Path folder) {
        return new JvmOptions(models, folder, cacheLimitBytes, hub, token, offline, threads);
    }

    /** @param bytes at least 1 */
    public JvmOptions cacheLimit(long bytes) {
        return new JvmOptions(models, cache, bytes, hub, token, offline, threads);
    }

    /** @param url scheme and host, for example {@code https://huggingface.co} */
    public JvmOptions hub(String url) {
        return new JvmOptions(models, cache, cacheLimitBytes, new HubUrls(url), token, offline, threads);
    }

    public JvmOptions token(String secret) {
        return new JvmOptions(models, cache, cacheLimitBytes, hub, Optional.of(secret), offline, threads);
    }

    public JvmOptions offline(boolean value) {
        return new JvmOptions(models, cache, cacheLimitBytes, hub, token, value, threads);
    }

    public JvmOptions threads(int count) {
        return new JvmOptions(models, cache, cacheLimitBytes, hub, token, offline, count);
    }

    /** The token is not shown. */
    @Override
    public String toString() {
        return "JvmOptions[models=" + models + ", cache=" + cache + ", hub=" + hub.base() + ", token="
                + (token.isPresent() ? "set" : "none") + ", offline=" + offline + ", threads=" + threads + "]";
    }
}
