package samovar.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.jvm.hub.ContentHash;

/**
 * A Hub as the public one answers: small files after a 307 to another path, large ones after a 302 to another host, gates, private
 * repositories, trees and searches in pages, and what it says of its chunked storage. Any address may be answered otherwise.
 */
final class FakeHub implements AutoCloseable {
    static final String TOKEN = "hf_owner";
    private static final int TREE_PAGE = 2;

    private final Map<String, Repo> repositories = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> instead = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake hub");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer hub = serve(this::answer);
    private final HttpServer storage = serve(this::sendStored);
    private boolean blobs = true;
    private volatile String lastRange = "";

    /**
     * @param gated {@code "false"}, or the kind of gate
     * @param hidden whether it is private
     */
    record Repo(String id, String gated, boolean hidden, Map<String, byte[]> files) {
        /** A commit that follows the contents. */
        String commit() {
            StringBuilder all = new StringBuilder(id);
            files.forEach((path, content) -> all.append(path).append(sha256(content)));
            return ContentHash.ofBytes(
                            ContentHash.Algorithm.GIT_BLOB, all.toString().getBytes(StandardCharsets.UTF_8))
                    .hex();
        }
    }

    FakeHub() throws IOException {}

    private HttpServer serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    FakeHub add(String id, Map<String, byte[]> files) {
        return add(new Repo(id, "false", false, new LinkedHashMap<>(files)));
    }

    FakeHub add(Repo repo) {
        repositories.put(repo.id(), repo);
        return this;
    }

    String commit(String id) {
        return repositories.get(id).commit();
    }

    /** From now on listings name files without their sizes and hashes, so that the tree has to be read. */
    void hideBlobs() {
        blobs = false;
    }

    /** Answers this path, on the Hub or its storage, by the handler from now on. */
    void answer(String path, HttpHandler handler) {
        instead.put(path, handler);
    }

    /** Where a large file's content lies. */
    String stored(String id, String path) {
        return "/lfs/" + id + "/" + path;
    }

    /** {@code METHOD path?query token} of every request, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The Range header of the last request; empty for none. */
    String lastRange() {
        return lastRange;
    }

    long count(String part) {
        return requests.stream().filter(line -> line.contains(part)).count();
    }

    private boolean note(HttpExchange exchange) throws IOException {
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        lastRange = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + token);
        HttpHandler other = instead.get(exchange.getRequestURI().getPath());
        if (other != null) {
            other.handle(exchange);
        }
        return other != null;
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (note(exchange)) {
            return;
        }
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("X-Xet-Hash", "0".repeat(64));
        if (path.equals("/api/models")) {
            search(exchange);
            return;
        }
        String[] parts = path.split("/", -1);
        boolean api = path.startsWith("/api/models/");
        String id = api ? parts[3] + "/" + parts[4] : parts[1] + "/" + parts[2];
        if (path.startsWith("/api/resolve-cache/models/")) {
            id = parts[4] + "/" + parts[5];
        }
        Repo repo = repositories.get(id);
        if (repo == null || (repo.hidden() && !isOwner(exchange))) {
            refuse(exchange, 401, "RepoNotFound");
        } else if (path.startsWith("/api/resolve-cache/models/")) {
            send(exchange, repo, join(parts, 7));
        } else if (!api) {
            resolve(exchange, repo, parts[4], join(parts, 5));
        } else if (parts.length > 6 && parts[5].equals("tree")) {
            tree(exchange, repo);
        } else if (parts.length > 6 && !isRevision(repo, parts[6])) {
            refuse(exchange, 404, "RevisionNotFound");
        } else {
            json(exchange, info(repo, blobs));
        }
    }

    private static String join(String[] parts, int from) {
        return String.join("/", List.of(parts).subList(from, parts.length));
    }

    private static boolean isRevision(Repo repo, String revision) {
        return revision.equals("main") || revision.equals(repo.commit());
    }

    private static boolean isOwner(HttpExchange exchange) {
        return ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void search(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        List<Object> found = new ArrayList<>();
        for (Repo repo : repositories.values().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList()) {
            boolean visible = !repo.hidden() || isOwner(exchange);
            if (visible && repo.id().contains(query.getOrDefault("search", ""))) {
                Map<String, Object> entry = new LinkedHashMap<>(info(repo, false));
                entry.remove("siblings");
                found.add(entry);
            }
        }
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(found.size(), from + Integer.parseInt(query.getOrDefault("limit", "1000")));
        if (to < found.size()) {
            String next =
                    "search=" + query.getOrDefault("search", "") + "&limit=" + query.get("limit") + "&cursor=" + to;
            exchange.getResponseHeaders().set("Link", "<" + url() + "/api/models?" + next + ">; rel=\"next\"");
        }
        json(exchange, found.subList(from, to));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String text = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        for (String pair : text.split("&", -1)) {
            query.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("^[^=]*=?", ""));
        }
        return query;
    }

    private static Map<String, Object> info(Repo repo, boolean blobs) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("_id", "1");
        info.put("id", repo.id());
        info.put("modelId", repo.id());
        info.put("sha", repo.commit());
        info.put("private", repo.hidden());
        info.put("gated", repo.gated().equals("false") ? (Object) false : repo.gated());
        info.put("xetEnabled", true);
        info.put("pipeline_tag", "text-generation");
        info.put("tags", List.of("onnx"));
        List<Object> siblings = new ArrayList<>();
        repo.files().forEach((path, content) -> {
            Map<String, Object> sibling = new LinkedHashMap<>();
            sibling.put("rfilename", path);
            if (blobs) {
                sibling.put("size", content.length);
                sibling.put("blobId", blobId(path, content));
                sibling.put("xetHash", "1".repeat(64));
                if (isLarge(path)) {
                    sibling.put("lfs", Map.of("sha256", sha256(content), "size", content.length, "pointerSize", 130));
                }
            }
            siblings.add(sibling);
        });
        info.put("siblings", siblings);
        return info;
    }

    private void tree(HttpExchange exchange, Repo repo) throws IOException {
        List<Object> entries = new ArrayList<>();
        repo.files().forEach((path, content) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("type", "file");
            entry.put("path", path);
            entry.put("size", content.length);
            entry.put("oid", blobId(path, content));
            if (isLarge(path)) {
                entry.put("lfs", Map.of("oid", sha256(content), "size", content.length));
                entry.put("xetHash", "1".repeat(64));
            }
            entries.add(entry);
        });
        int from = Integer.parseInt(query(exchange).getOrDefault("cursor", "0"));
        int to = Math.min(entries.size(), from + TREE_PAGE);
        if (to < entries.size()) {
            String next = exchange.getRequestURI().getPath() + "?recursive=true&cursor=" + to;
            exchange.getResponseHeaders().set("Link", "<" + url() + next + ">; rel=\"next\"");
        }
        json(exchange, entries.subList(from, to));
    }

    private void resolve(HttpExchange exchange, Repo repo, String revision, String path) throws IOException {
        byte[] content = repo.files().get(path);
        if (!isRevision(repo, revision)) {
            refuse(exchange, 404, "RevisionNotFound");
        } else if (content == null) {
            refuse(exchange, 404, "EntryNotFound");
        } else if (!repo.gated().equals("false") && !isOwner(exchange)) {
            refuse(exchange, 401, "GatedRepo");
        } else if (isLarge(path)) {
            exchange.getResponseHeaders().set("Link", "<" + url() + "/xet>; rel=\"xet-auth\"");
            redirect(exchange, 302, "http://127.0.0.1:" + storage.getAddress().getPort() + stored(repo.id(), path));
        } else {
            redirect(exchange, 307, "/api/resolve-cache/models/" + repo.id() + "/" + repo.commit() + "/" + path);
        }
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        send(exchange, status, "redirecting".getBytes(StandardCharsets.UTF_8));
    }

    private void sendStored(HttpExchange exchange) throws IOException {
        if (note(exchange)) {
            return;
        }
        String[] parts = exchange.getRequestURI().getPath().split("/", -1);
        send(exchange, repositories.get(parts[2] + "/" + parts[3]), join(parts, 4));
    }

    private static void send(HttpExchange exchange, Repo repo, String path) throws IOException {
        sendRange(exchange, repo.files().get(path), Integer.MAX_VALUE, 0);
    }

    /** Sends what the Range header asks for, or all, in pieces of so many bytes with a pause after each. */
    static void sendRange(HttpExchange exchange, byte[] content, int piece, long pauseMillis) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
        int to = content.length;
        if (range != null) {
            to = Math.min(to, Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, to == from ? -1 : to - from);
        for (int at = from; at < to; at += piece) {
            exchange.getResponseBody().write(content, at, Math.min(piece, to - at));
            exchange.getResponseBody().flush();
            pause(pauseMillis);
            if (piece == Integer.MAX_VALUE) {
                return;
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isLarge(String path) {
        return path.contains(".onnx");
    }

    static String sha256(byte[] content) {
        return ContentHash.ofBytes(ContentHash.Algorithm.SHA256, content).hex();
    }

    private static String blobId(String path, byte[] content) {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256(content) + "\nsize "
                + content.length + "\n";
        return ContentHash.ofBytes(
                        ContentHash.Algorithm.GIT_BLOB,
                        isLarge(path) ? pointer.getBytes(StandardCharsets.US_ASCII) : content)
                .hex();
    }

    private static void json(HttpExchange exchange, Object value) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        send(exchange, 200, JsonWriter.write(value).getBytes(StandardCharsets.UTF_8));
    }

    static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        if (!code.isEmpty()) {
            exchange.getResponseHeaders().set("X-Error-Code", code);
        }
        send(exchange, status, "refused".getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** A server of ours with this one as its Hub, and no models of its own. */
    ServerConfig config(Path cache) {
        ServerConfig config = TestServer.config(
                options -> options.models(List.of()).cache(cache).offline(false).hub(url()));
        return new ServerConfig(
                config.network(), config.models(), new ServerConfig.Inference(Optional.empty(), 4, 1L << 30));
    }

    static Json parsed(String text) {
        return Json.parse(text, "answer");
    }

    @Override
    public void close() {
        hub.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }
}
