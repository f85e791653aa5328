package samovar.jvm.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import samovar.hub.HubException;
import samovar.hub.HubUrls;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.json.Json;
import samovar.json.JsonException;

/**
 * Asks a Hub, or a mirror that answers as the Hub does, for listings and contents. Keeps nothing. May be shared between
 * threads.
 *
 * <p>Redirects are followed here rather than by the JDK's client, so that the access token goes to the Hub's own host only
 * and https is never left for http.
 */
public final class HubClient {
    /** How long a connection, the head of an answer, and the next bytes of a body may take. */
    public record Patience(Duration connect, Duration head, Duration stall) {
        public static final Patience USUAL =
                new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    private static final int MAX_REDIRECTS = 5;
    private static final Retries LISTINGS = new Retries(2, Duration.ofMillis(500), Duration.ofSeconds(10));
    private static final int MAX_LISTING_BYTES = 64 << 20;

    private final HubUrls urls;
    private final Optional<String> token;
    private final Patience patience;
    private final HttpClient http;

    /** @param token an access token for gated repositories, as the Hub's tools read it from {@code HF_TOKEN} */
    public HubClient(HubUrls urls, Optional<String> token, Patience patience) {
        this.urls = urls;
        this.token = token.filter(text -> !text.isBlank()).map(String::strip);
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** An open answer. Whoever asked for it closes it. */
    static final class Answer implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final InputStream body;

        Answer(HttpResponse<InputStream> response, InputStream body) {
            this.response = response;
            this.body = body;
        }

        InputStream body() {
            return body;
        }

        String contentType() {
            return response.headers().firstValue("content-type").orElse("no content type");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * All files at a revision, with sizes and hashes.
     *
     * @throws HubException as {@link samovar.hub.FileSource#list}
     */
    public RepoListing list(RepoId repo, Revision revision) {
        String subject = repo + "@" + revision;
        String url = urls.modelInfo(repo, revision);
        try (Answer answer = insist(url, subject)) {
            byte[] bytes = answer.body().readNBytes(MAX_LISTING_BYTES + 1);
            if (bytes.length > MAX_LISTING_BYTES) {
                throw new HubException(
                        HubException.Kind.INVALID,
                        subject,
                        "the listing of " + subject + " at " + url + " is over 64 MB");
            }
            return parse(bytes, subject, url, answer.contentType());
        } catch (IOException e) {
            throw unavailable(subject, url, e);
        }
    }

    private static RepoListing parse(byte[] bytes, String subject, String url, String contentType) {
        try {
            return RepoListing.ofModelInfo(Json.parse(new String(bytes, StandardCharsets.UTF_8), url));
        } catch (JsonException e) {
            throw new HubException(
                    HubException.Kind.UNAVAILABLE,
                    subject,
                    url + " answered with " + contentType + " that is no model listing (" + e.getMessage()
                            + "); a proxy's or login page perhaps: open the address in a browser, or choose another Hub",
                    e);
        }
    }

    /** A busy Hub is asked again; one that cannot be reached is not, since there may be a remembered answer. */
    private Answer insist(String url, String subject) {
        for (int failures = 1; ; failures++) {
            try {
                return get(url, subject, HubException.Kind.REPO_NOT_FOUND, "");
            } catch (PassingFault fault) {
                Optional<Duration> pause = LISTINGS.pauseBefore(failures, fault.retryAfter());
                if (!fault.isAnswer() || pause.isEmpty()) {
                    throw fault.fault();
                }
                sleep(pause.get(), fault);
            }
        }
    }

    private static void sleep(Duration pause, PassingFault why) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why.fault();
        }
    }

    /**
     * Opens some of a file's content.
     *
     * @param from the first byte wanted
     * @param to the end of the bytes wanted, exclusive
     * @return these bytes, or all of them from an upstream that knows no ranges
     * @throws HubException as {@link samovar.hub.FileSource#readText}
     */
    Origin.Part open(RepoId repo, Revision commit, RepoFile file, long from, long to) throws PassingFault {
        String subject = repo + "@" + commit + ":" + file.path();
        boolean whole = from == 0 && to == file.sizeBytes();
        String range = whole ? "" : "bytes=" + from + "-" + (to - 1);
        Answer answer = get(urls.resolve(repo, commit, file.path()), subject, HubException.Kind.ENTRY_NOT_FOUND, range);
        try {
            return ContentAnswer.part(answer.response, answer.body, subject, from, file.sizeBytes());
        } catch (HubException unusable) {
            closeQuietly(answer.body);
            throw unusable;
        }
    }

    /**
     * @param notFound what a 404 means that has no {@code X-Error-Code}
     * @param range the header's value, or empty for all
     */
    private Answer get(String url, String subject, HubException.Kind notFound, String range) throws PassingFault {
        URI hub = URI.create(url);
        URI at = hub;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = send(at, hub, subject, range);
            int status = response.statusCode();
            if (status == 200 || (status == 206 && !range.isEmpty())) {
                InputStream body = StallGuard.watch(response.body(), patience.stall());
                return new Answer(response, body);
            }
            closeQuietly(response.body());
            if (status < 300 || status > 399 || status == 304) {
                throw failure(response, at, subject, notFound);
            }
            at = RedirectRule.target(response, hub, at, subject);
        }
        throw new HubException(
                HubException.Kind.UNAVAILABLE, subject, url + " redirects more than " + MAX_REDIRECTS + " times");
    }

    private HttpResponse<InputStream> send(URI at, URI hub, String subject, String range) throws PassingFault {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).timeout(patience.head()).header("User-Agent", "samovar");
        boolean ours =
                at.getScheme().equals(hub.getScheme()) && at.getAuthority().equals(hub.getAuthority());
        if (ours) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw PassingFault.ofNetwork(new HubException(
                    HubException.Kind.UNAVAILABLE,
                    subject,
                    at
                            + " did not answer in time; check the network, or work from what is cached with the offline option",
                    e));
        } catch (IOException e) {
            throw PassingFault.ofNetwork(unavailable(subject, at.toString(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(
                    HubException.Kind.UNAVAILABLE, subject, "interrupted while asking " + at + " for " + subject, e);
        }
    }

    /** @return what it means for good; thrown where it may pass */
    private HubException failure(HttpResponse<?> response, URI at, String subject, HubException.Kind notFound)
            throws PassingFault {
        int status = response.statusCode();
        HubException.Kind kind = response.headers()
                .firstValue("x-error-code")
                .flatMap(HubException.Kind::ofErrorCode)
                .orElseGet(() -> ofStatus(status, notFound));
        String said = response.headers()
                .firstValue("x-error-message")
                .map(text -> " (" + text + ")")
                .orElse("");
        String answer = at + " answered " + status + said;
        String message =
                switch (kind) {
                    case REPO_NOT_FOUND ->
                        "there is no repository " + subject + ", or it is private: " + answer + "; check the id"
                                + tokenHint();
                    case REVISION_NOT_FOUND ->
                        "the repository has no such revision: " + subject + ": " + answer + "; try main";
                    case ENTRY_NOT_FOUND -> "the repository has no such file: " + subject + ": " + answer;
                    case GATED -> subject + " is gated: " + answer + "; accept its terms on the Hub" + tokenHint();
                    case OFFLINE, UNAVAILABLE, CORRUPT, INVALID ->
                        "cannot get " + subject + ": " + answer + retryHint(response)
                                + "; try again later or choose another Hub";
                };
        HubException fault = new HubException(kind, subject, message);
        boolean passes = status == 408 || status == 429 || status >= 500;
        if (passes && kind == HubException.Kind.UNAVAILABLE) {
            throw PassingFault.ofAnswer(fault, ContentAnswer.retryAfter(response));
        }
        return fault;
    }

    private static HubException.Kind ofStatus(int status, HubException.Kind notFound) {
        return switch (status) {
            case 401 -> HubException.Kind.REPO_NOT_FOUND;
            case 403 -> HubException.Kind.GATED;
            case 404, 410 -> notFound;
            default -> HubException.Kind.UNAVAILABLE;
        };
    }

    private String tokenHint() {
        return token.isPresent()
                ? ", and that the token in HF_TOKEN may read it"
                : ", and set HF_TOKEN to an access token that may read it";
    }

    private static String retryHint(HttpResponse<?> response) {
        return response.headers()
                .firstValue("retry-after")
                .map(seconds -> ", and asks to wait (Retry-After: " + seconds + ")")
                .orElse("");
    }

    static HubException unavailable(String subject, String url, IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                "cannot get " + subject + " from " + url + ": " + why
                        + "; check the network and the Hub's address, or work from what is cached with the offline option",
                cause);
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The answer is judged by its head; a body that fails to close changes nothing about that.
            return;
        }
    }
}
