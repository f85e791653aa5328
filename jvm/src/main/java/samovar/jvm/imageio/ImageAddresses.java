package samovar.jvm.imageio;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import samovar.image.ImageException;
import samovar.image.ImageException.Kind;
import samovar.image.ImageLimits;

/** Brings the bytes behind an address: {@code http:}, {@code https:}, {@code data:} or {@code file:}. */
final class ImageAddresses {
    /** How long a connection and the whole answer may take. */
    record Patience(Duration connect, Duration whole) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(60));
    }

    private static final String ALLOWED = "; allowed are http:, https:, data: and file: addresses";

    private final ImageLimits limits;
    private final Patience patience;
    private final HttpClient http;

    ImageAddresses(ImageLimits limits, Patience patience) {
        this.limits = limits;
        this.patience = patience;
        // NORMAL follows redirects, but never from https to http.
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    byte[] fetch(String url) {
        String address = url.strip();
        if (starts(address, "data:")) {
            return data(address);
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new ImageException(Kind.UNREACHABLE, "no address of an image: " + shown(address) + ALLOWED, e);
        }
        if (starts(address, "file:")) {
            return ImageIoDecoder.bytes(path(uri), limits);
        }
        if ((starts(address, "http:") || starts(address, "https:")) && uri.getHost() != null) {
            return download(uri);
        }
        throw new ImageException(Kind.UNREACHABLE, "no address of an image: " + shown(address) + ALLOWED);
    }

    private static Path path(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new ImageException(
                    Kind.UNREACHABLE, "no file's address: " + uri + "; it has the form file:///folder/image.png", e);
        }
    }

    private byte[] download(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(patience.whole())
                .header("User-Agent", "samovar")
                .header("Accept", "image/png,image/jpeg,image/webp,image/gif,image/bmp,*/*;q=0.1")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, head -> {
            if (head.statusCode() != 200) {
                throw new ImageException(
                        Kind.UNREACHABLE,
                        uri + " answered with status " + head.statusCode() + "; open it in a browser to see why");
            }
            limits.checkBytes(head.headers().firstValueAsLong("Content-Length").orElse(0));
            return new LimitedBody(limits);
        });
        try {
            return answer.get(patience.whole().toMillis(), TimeUnit.MILLISECONDS)
                    .body();
        } catch (ExecutionException e) {
            throw failure(uri, e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ImageException(
                    Kind.UNREACHABLE,
                    uri + " did not answer wholly within " + patience.whole().toSeconds()
                            + " s; try again, or a copy of it",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ImageException(Kind.UNREACHABLE, "fetching " + uri + " was interrupted", e);
        }
    }

    private static ImageException failure(URI uri, ExecutionException failed) {
        Throwable cause = failed.getCause();
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ImageException known) {
                return known;
            }
        }
        String reason =
                cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
        return new ImageException(
                Kind.UNREACHABLE,
                "could not fetch " + uri + " (" + reason + "); check the address and the network",
                failed);
    }

    /** {@code data:image/png;base64,iVBOR…}, or without {@code ;base64} percent-encoded. */
    private byte[] data(String address) {
        int comma = address.indexOf(',');
        if (comma < 0) {
            throw new ImageException(
                    Kind.UNREACHABLE,
                    "no data address: " + shown(address) + "; it has the form data:image/png;base64,iVBOR…");
        }
        String head = address.substring(0, comma);
        try {
            if (!head.toLowerCase(Locale.ROOT).endsWith(";base64")) {
                String text = address.substring(comma + 1).replace("+", "%2B");
                return URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            }
            limits.checkBytes((address.length() - comma - 1) / 4 * 3L - 2);
            // The MIME decoder lets line breaks through, which such addresses often have.
            return Base64.getMimeDecoder()
                    .decode(address.substring(comma + 1)
                            .replace("%2B", "+")
                            .replace("%2F", "/")
                            .replace("%3D", "="));
        } catch (IllegalArgumentException e) {
            throw new ImageException(
                    Kind.UNREACHABLE,
                    "the data address " + shown(address) + " is damaged (" + e.getMessage()
                            + "); encode the image again",
                    e);
        }
    }

    private static boolean starts(String address, String scheme) {
        return address.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static String shown(String address) {
        return address.length() > 80 ? address.substring(0, 80) + "…" : address;
    }
}
