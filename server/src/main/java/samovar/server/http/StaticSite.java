package samovar.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.InternalRouter;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import samovar.wire.ErrorBody;

/**
 * The page and what belongs to it, from the class path under {@code site/}. Each file may have a gzip form beside it, {@code
 * {name}.gz}, which is sent as it lies there. Files under {@code assets/} have their hash or version in the name and never change.
 * May be shared between threads; keeps what was asked for in memory.
 */
public final class StaticSite {
    private static final String ROOT = "site/";
    private static final String INDEX = "index.html";
    private static final String EVERY = "/<path>";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";

    /** Scripts of the own origin alone, WebAssembly among them; images also as data, which models' Markdown may hold. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self';"
                    + " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; manifest-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final ClassLoader loader;
    private final String elsewhere;
    private final Map<String, Optional<Asset>> assets = new ConcurrentHashMap<>();

    /** One file. */
    private static final class Asset {
        private final byte[] plain;
        private final byte[] gzip;
        private final String etag;

        /** @param gzip null where there is none */
        Asset(byte[] plain, byte[] gzip, String etag) {
            this.plain = plain;
            this.gzip = gzip;
            this.etag = etag;
        }
    }

    /** @param elsewhere a sentence on what other addresses there are, for who asked one that is not there */
    public StaticSite(ClassLoader loader, String elsewhere) {
        this.loader = loader;
        this.elsewhere = elsewhere;
    }

    /** To be called after all others: looks under every address that nobody else has. */
    public void install(JavalinConfig config) {
        config.routes.get(EVERY, context -> answer(context, context.pathParam("path")));
        config.routes.head(EVERY, context -> answer(context, context.pathParam("path")));
        config.routes.get("/", context -> answer(context, ""));
        config.routes.head("/", context -> answer(context, ""));
        InternalRouter router = config.unsafe.internalRouter;
        config.routes.exception(MethodNotAllowedResponse.class, (refusal, context) -> {
            // GET leads here from everywhere, so to Javalin every address is there, with another method.
            boolean takesOthers = takesMore(router, context.path()) || has(context.path());
            ErrorMapper.answer(context, takesOthers ? ErrorMapper.of(refusal, context) : notFound(context));
        });
    }

    /** Whether an address belongs to somebody else. */
    private static boolean takesMore(InternalRouter router, String path) {
        return router.allHttpHandlers().stream()
                .filter(route -> route.endpoint.method.isHttpMethod() && !route.endpoint.path.equals(EVERY))
                .anyMatch(route -> route.matches(path));
    }

    /** Whether there is a page at all. */
    public boolean exists() {
        return asset(INDEX).isPresent();
    }

    /**
     * Answers GET and HEAD for a path without its first slash. The empty path is the first page; a name without a dot is the page of that
     * name: {@code pictures} is {@code pictures.html}.
     */
    public void answer(Context context, String path) throws IOException {
        String name = name(path);
        Asset asset = asset(name).orElseThrow(() -> notFound(context));
        boolean gzip = asset.gzip != null && acceptsGzip(context.header("Accept-Encoding"));
        String etag = gzip ? "\"" + asset.etag + "-gz\"" : "\"" + asset.etag + "\"";
        context.header("ETag", etag);
        context.header("Vary", "Accept-Encoding");
        context.header("Cache-Control", name.startsWith("assets/") ? FOREVER : ASK_EACH_TIME);
        if (FileAnswer.isUnchanged(context, etag)) {
            context.status(304);
            return;
        }
        context.contentType(type(name));
        if (name.endsWith(".html")) {
            context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        if (gzip) {
            context.header("Content-Encoding", "gzip");
        }
        byte[] body = gzip ? asset.gzip : asset.plain;
        context.status(200);
        context.res().setContentLength(body.length);
        if (!context.method().equals(HandlerType.HEAD)) {
            context.res().getOutputStream().write(body);
        }
    }

    private boolean has(String address) {
        return asset(name(address.replaceFirst("^/", ""))).isPresent();
    }

    private static String name(String path) {
        return path.isEmpty() ? INDEX : path.indexOf('.') < 0 && path.indexOf('/') < 0 ? path + ".html" : path;
    }

    private Optional<Asset> asset(String name) {
        if (!isSound(name)) {
            return Optional.empty();
        }
        Optional<Asset> known = assets.get(name);
        if (known != null) {
            return known;
        }
        Optional<Asset> read = read(name);
        // Names that lead nowhere are not kept: they are the client's invention and have no end.
        read.ifPresent(asset -> assets.put(name, read));
        return read;
    }

    private Optional<Asset> read(String name) {
        byte[] plain = bytes(ROOT + name);
        if (plain == null) {
            return Optional.empty();
        }
        return Optional.of(new Asset(plain, bytes(ROOT + name + ".gz"), hash(plain)));
    }

    private byte[] bytes(String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            // An unreadable jar: the file is not there for anybody.
            return null;
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean isSound(String name) {
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.contains("\\")) {
                return false;
            }
        }
        // A folder of the class path reads as a list of its names; all files of the site have an extension.
        boolean isFile = name.indexOf('.', name.lastIndexOf('/') + 1) > 0;
        return isFile && !name.endsWith(".gz");
    }

    private static boolean acceptsGzip(String header) {
        if (header == null) {
            return false;
        }
        for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.strip().split(";", -1);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private HttpFault notFound(Context context) {
        return new HttpFault(
                404,
                new ErrorBody(
                        "Unknown address: " + context.method() + " " + context.path() + ". " + elsewhere,
                        ErrorBody.INVALID_REQUEST,
                        null,
                        "unknown_url"));
    }
}
