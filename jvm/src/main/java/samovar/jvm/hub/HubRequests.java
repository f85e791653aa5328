package samovar.jvm.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import samovar.hub.HubException;

/**
 * Requests to one Hub. Redirects are followed here rather than by the JDK's client, so that the access token goes to the Hub's own
 * host only and https is never left for http. May be shared between threads.
 */
final class HubRequests {
    private static final int MAX_REDIRECTS = 5;

    /** Whoever reads it may have called the server, {@code pull} or Java. */
    private static final String ADVICE =
            "; check the network and the Hub's address (--hub, HF_ENDPOINT, JvmOptions.hub);"
                    + " what is cached can be used without it (a server started with --offline, JvmOptions.offline)";

    private final Optional<String> token;
    private final HubClient.Patience patience;
    private final HttpClient http;

    HubRequests(Optional<String> token, HubClient.Patience patience) {
        this.token = token.filter(text -> !text.isBlank()).map(String::strip);
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * One question.
     *
     * @param subject what it is about, for messages
     * @param notFound what a 404 means that has no {@code X-Error-Code}
     * @param range the header's value, or empty for all
     * @param asOwner whether the access token is sent, where there is one
     */
    record Ask(String url, String subject, HubException.Kind notFound, String range, boolean asOwner) {}

    boolean hasToken() {
        return token.isPresent();
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

        HttpResponse<InputStream> response() {
            return response;
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
     * The answer, if it is 200, or 206 where a range was asked for.
     *
     * @throws PassingFault if asking again may help
     * @throws HubException if it does not
     */
    Answer get(Ask ask) throws PassingFault {
        URI hub = URI.create(ask.url());
        URI at = hub;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = send(at, hub, ask);
            int status = response.statusCode();
            if (status == 200 || (status == 206 && !ask.range().isEmpty())) {
                InputStream body = StallGuard.watch(response.body(), patience.stall());
                return new Answer(response, body);
            }
            closeQuietly(response.body());
            if (status < 300 || status > 399 || status == 304) {
                throw failure(response, at, ask);
            }
            at = RedirectRule.target(response, hub, at, ask.subject());
        }
        throw new HubException(
                HubException.Kind.UNAVAILABLE,
                ask.subject(),
                ask.url() + " redirects more than " + MAX_REDIRECTS + " times");
    }

    private HttpResponse<InputStream> send(URI at, URI hub, Ask ask) throws PassingFault {
        String subject = ask.subject();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).timeout(patience.head()).header("User-Agent", "samovar");
        boolean ours =
                at.getScheme().equals(hub.getScheme()) && at.getAuthority().equals(hub.getAuthority());
        if (ours && ask.asOwner()) {
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        }
        if (!ask.range().isEmpty()) {
            request.header("Range", ask.range());
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw PassingFault.ofNetwork(new HubException(
                    HubException.Kind.UNAVAILABLE,
                    subject,
                    "cannot get " + subject + ": " + at + " did not answer in time" + ADVICE,
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
    private HubException failure(HttpResponse<?> response, URI at, Ask ask) throws PassingFault {
        String subject = ask.subject();
        int status = response.statusCode();
        HubException.Kind kind = response.headers()
                .firstValue("x-error-code")
                .flatMap(HubException.Kind::ofErrorCode)
                .orElseGet(() -> ofStatus(status, ask.notFound()));
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
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                "cannot get " + subject + ": " + why(url, cause) + ADVICE,
                cause);
    }

    /** The JDK's exceptions seldom say which host was meant, and often nothing at all. */
    private static String why(String url, IOException cause) {
        String host = URI.create(url).getAuthority();
        if (cause instanceof ConnectException) {
            return "no connection to " + host + (isUnknown(cause) ? ", a name that is not known here" : "");
        }
        return cause.getMessage() == null
                ? "the connection to " + host + " broke off"
                : url + ": " + cause.getMessage();
    }

    private static boolean isUnknown(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The answer is judged by its head; a body that fails to close changes nothing about that.
            return;
        }
    }
}
