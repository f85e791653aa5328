package samovar.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import samovar.hub.HubException;

/** Answers GET and HEAD with a file, here or on its way: whole, a range of it, or that it has not changed. Memory use does not depend on its size. */
public final class FileAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int LOOK_MILLIS = 250;
    /** So long an error may take the place of the answer; who asks for a few bytes of a long download is told of the file then. */
    private static final long HEAD_NANOS = 5_000_000_000L;

    /** Outside of Java's heap, so that bytes go from the file to the socket without a copy in between. One for each thread that serves. */
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

    private FileAnswer() {}

    /** Reads bytes of a file that may still be on its way. */
    public interface Reader {
        /**
         * @param position of the first byte wanted, under {@code end}
         * @param end of all that will be asked for
         * @param millis how long to wait for more
         * @return how many; 0 if none came in this time
         * @throws HubException if the rest cannot be had
         */
        int read(ByteBuffer into, long position, long end, long millis) throws IOException, InterruptedException;
    }

    /**
     * Answers with a content that may still be on its way. What is sent ends early, and the connection with it, if the rest cannot
     * be had or the whole is found damaged: nobody can take that for the file.
     *
     * @param etag quoted
     * @param contentType of the whole
     * @param sent told the bytes that went out, piece by piece
     * @throws HubException if nothing was sent yet
     */
    public static void write(
            Context context, Reader content, long sizeBytes, String etag, String contentType, LongConsumer sent)
            throws IOException {
        ByteRange range = answerHead(context, sizeBytes, etag, contentType);
        if (range == null || context.method().equals(HandlerType.HEAD)) {
            return;
        }
        ClientConnection client = ClientConnection.of(context);
        try {
            copy(content, range, context.res(), client, sent);
        } catch (HubException failure) {
            if (!context.res().isCommitted()) {
                throw failure;
            }
            LOG.warn("{} broke off: {}", context.path(), failure.getMessage());
            client.cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            client.cut();
        } finally {
            client.release();
        }
    }

    private static void copy(
            Reader content, ByteRange range, HttpServletResponse response, ClientConnection client, LongConsumer sent)
            throws IOException, InterruptedException {
        ServletOutputStream out = response.getOutputStream();
        ByteBuffer buffer = BUFFER.get();
        long begun = System.nanoTime();
        long at = range.first();
        long end = range.last() + 1;
        while (at < end) {
            buffer.clear().limit((int) Math.min(end - at, BUFFER_BYTES));
            int read = content.read(buffer, at, end, LOOK_MILLIS);
            if (read == 0) {
                if (client.isGone()) {
                    throw new ClientGone();
                }
                if (!response.isCommitted() && System.nanoTime() - begun > HEAD_NANOS) {
                    response.flushBuffer();
                }
                continue;
            }
            write(out, buffer.flip());
            sent.accept(read);
            at += read;
        }
    }

    private static void write(ServletOutputStream out, ByteBuffer bytes) throws IOException {
        if (out instanceof HttpOutput jetty) {
            jetty.write(bytes);
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            out.write(copy);
        }
    }

    /** Answers a HEAD, or whatever needs no content, without having the file: a range of it is reported, not sent. */
    public static void writeHead(Context context, long sizeBytes, String etag, String contentType) {
        answerHead(context, sizeBytes, etag, contentType);
    }

    /** Whether the client's copy is this one. */
    public static boolean isUnchanged(Context context, String etag) {
        String known = context.header("If-None-Match");
        if (known == null) {
            return false;
        }
        for (String candidate : known.split(",", -1)) {
            String bare = candidate.strip();
            bare = bare.startsWith("W/") ? bare.substring(2) : bare;
            if (bare.equals("*") || bare.equals(etag)) {
                return true;
            }
        }
        return false;
    }

    /** Status and headers; what of the content is to be sent, null for nothing. */
    private static ByteRange answerHead(Context context, long size, String etag, String contentType) {
        context.header("ETag", etag);
        context.header("Accept-Ranges", "bytes");
        if (isUnchanged(context, etag)) {
            context.status(304);
            return null;
        }
        Optional<ByteRange> range;
        try {
            range = isRangeOfThis(context, etag) ? ByteRange.parse(context.header("Range"), size) : Optional.empty();
        } catch (ByteRange.Unsatisfiable e) {
            context.status(416).header("Content-Range", "bytes */" + size);
            return null;
        }
        context.contentType(contentType);
        if (range.isPresent()) {
            context.status(206)
                    .header(
                            "Content-Range",
                            "bytes " + range.get().first() + "-" + range.get().last() + "/" + size);
            context.res().setContentLengthLong(range.get().length());
            return range.get();
        }
        context.status(200);
        context.res().setContentLengthLong(size);
        return size == 0 ? null : new ByteRange(0, size - 1);
    }

    /** A range of another version is not to be joined with what the client has. */
    private static boolean isRangeOfThis(Context context, String etag) {
        String condition = context.header("If-Range");
        return condition == null || condition.equals(etag);
    }
}
