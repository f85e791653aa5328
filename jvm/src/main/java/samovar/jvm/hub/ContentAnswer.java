package samovar.jvm.hub;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import samovar.hub.HubException;

/** Reads the head of an answer that should hold a file's bytes: a web page, or another file, is told from them before its first byte is read. */
final class ContentAnswer {
    private ContentAnswer() {}

    /**
     * Which bytes an answer holds.
     *
     * @param from the first byte that was asked for
     * @param size of the file
     * @throws HubException UNAVAILABLE if they are not of this file
     */
    static Origin.Part part(HttpResponse<?> response, InputStream body, String subject, long from, long size) {
        if (response.statusCode() == 206) {
            return range(response, body, subject, from, size);
        }
        long length = response.headers().firstValueAsLong("content-length").orElse(size);
        if (length != size) {
            throw fault(response, subject, length + " bytes, not its " + size + " bytes");
        }
        return new Origin.Part(body, 0, size);
    }

    private static Origin.Part range(HttpResponse<?> response, InputStream body, String subject, long from, long size) {
        String header = response.headers().firstValue("content-range").orElse("");
        long[] numbers = numbers(header);
        boolean right = numbers.length == 3
                && numbers[0] == from
                && numbers[1] >= from
                && numbers[1] < size
                && numbers[2] == size;
        if (!right) {
            throw fault(response, subject, "the range '" + header + "', not bytes from " + from + " of " + size);
        }
        return new Origin.Part(body, from, numbers[1] + 1);
    }

    /** {@code bytes first-last/size}; empty if it is not that. */
    private static long[] numbers(String header) {
        String[] parts = header.replaceFirst("^bytes ", "").split("[-/]", -1);
        long[] numbers = new long[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Long.parseLong(parts[i]);
            }
        } catch (NumberFormatException e) {
            return new long[0];
        }
        return numbers;
    }

    private static HubException fault(HttpResponse<?> response, String subject, String came) {
        String type = response.headers().firstValue("content-type").orElse("no content type");
        return new HubException(
                HubException.Kind.UNAVAILABLE,
                subject,
                response.uri() + " answered for " + subject + " with " + type + ", " + came
                        + "; a proxy's or login page perhaps, or the file has changed: open the address in a browser, or try again");
    }

    /** How long {@code Retry-After} asks to wait: seconds, or until a date. */
    static Optional<Duration> retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("retry-after").orElse("").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(text))));
        } catch (NumberFormatException notSeconds) {
            return untilDate(text);
        }
    }

    private static Optional<Duration> untilDate(String text) {
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
