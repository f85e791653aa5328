package samovar.jvm.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.JsonWriter;

/**
 * A small Hub on a free local port: it serves folders as repositories, as the Hub answers for them. Graphs are in Git LFS,
 * whose content is behind a redirect. Any address may be given another answer.
 */
public final class TestHub implements AutoCloseable {
    private static final String LFS = "/lfs-content/";

    private final Map<RepoId, Path> repositories;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, HttpHandler> instead = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    /** @param repositories the folder that answers for an id */
    public TestHub(Map<RepoId, Path> repositories) throws IOException {
        this.repositories = Map.copyOf(repositories);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers this path, the query left out, by the handler from now on. */
    void answer(String path, HttpHandler handler) {
        instead.put(path, handler);
    }

    /** The paths asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The Range headers that came with these paths, in order; empty for none. */
    List<String> ranges(String path) {
        return ranges.stream()
                .filter(line -> line.startsWith(path + "="))
                .map(line -> line.substring(path.length() + 1))
                .toList();
    }

    /** The Authorization headers that came, by path, as {@code path=header}. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    RepoListing listing(RepoId repo) {
        Path folder = repositories.get(repo);
        RepoId onDisk = RepoId.of(folder.getParent().getFileName() + "/" + folder.getFileName());
        ModelFolders folders = new ModelFolders(List.of(folder.getParent().getParent()));
        List<RepoFile> files = new ArrayList<>();
        for (RepoFile file : folders.list(onDisk, Revision.MAIN).files()) {
            files.add(inLfs(file.path()) ? lfs(file, folder) : file);
        }
        return new RepoListing(repo, folders.list(onDisk, Revision.MAIN).commit(), files);
    }

    private static RepoFile lfs(RepoFile file, Path folder) {
        try {
            String sha256 = ContentHash.ofContent(ContentHash.Algorithm.SHA256, folder.resolve(file.path()))
                    .hex();
            return new RepoFile(file.path(), file.sizeBytes(), "0".repeat(40), sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean inLfs(String path) {
        return path.contains(".onnx");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(path + "=" + (range == null ? "" : range));
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .ifPresent(token -> tokens.add(path + "=" + token));
            HttpHandler other = instead.get(path);
            if (other != null) {
                other.handle(exchange);
            } else if (path.startsWith(LFS)) {
                sendFile(exchange, find(path.substring(LFS.length() - 1)));
            } else if (path.startsWith("/api/models/")) {
                list(exchange, path.substring("/api/models/".length()));
            } else {
                resolve(exchange, path);
            }
        }
    }

    private void list(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/revision/", -1);
        Optional<RepoId> repo = repositories.keySet().stream()
                .filter(id -> id.toString().equals(parts[0]))
                .findFirst();
        if (repo.isEmpty()) {
            refuse(exchange, 401, "RepoNotFound");
            return;
        }
        RepoListing listing = listing(repo.get());
        if (!parts[1].equals("main") && !parts[1].equals(listing.commit())) {
            refuse(exchange, 404, "RevisionNotFound");
            return;
        }
        boolean blobs = "blobs=true".equals(exchange.getRequestURI().getQuery());
        String body = JsonWriter.write(listing.toModelInfo());
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        send(exchange, 200, blobs ? body : "{}");
    }

    private void resolve(HttpExchange exchange, String path) throws IOException {
        Path file = find(path);
        if (file == null) {
            refuse(exchange, 404, "EntryNotFound");
        } else if (inLfs(path)) {
            exchange.getResponseHeaders().set("Location", url() + LFS + path.substring(1));
            send(exchange, 302, "Found. Redirecting");
        } else {
            sendFile(exchange, file);
        }
    }

    /** {@code /org/name/resolve/revision/path} on the disk, or null. */
    private Path find(String path) {
        String[] parts = path.split("/", 6);
        if (parts.length < 6) {
            return null;
        }
        Path folder = repositories.get(RepoId.of(parts[1] + "/" + parts[2]));
        Path file = folder == null ? null : folder.resolve(parts[5]);
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    private static void sendFile(HttpExchange exchange, Path file) throws IOException {
        if (file == null) {
            refuse(exchange, 404, "EntryNotFound");
            return;
        }
        sendRange(exchange, Files.readAllBytes(file));
    }

    /** Sends what the Range header asks for, or all. */
    static void sendRange(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            return;
        }
        int from = rangeStart(range);
        int to = Math.min(content.length, Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        exchange.sendResponseHeaders(206, to - from);
        exchange.getResponseBody().write(content, from, to - from);
    }

    static int rangeStart(String range) {
        return range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
    }

    /** As the Hub refuses: the code in a header, a text in the body. */
    static void refuse(HttpExchange exchange, int status, String errorCode) throws IOException {
        if (!errorCode.isEmpty()) {
            exchange.getResponseHeaders().set("X-Error-Code", errorCode);
            exchange.getResponseHeaders().set("X-Error-Message", "said the Hub");
        }
        send(exchange, status, "refused");
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
