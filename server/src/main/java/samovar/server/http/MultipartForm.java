package samovar.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import samovar.wire.ErrorBody;

/**
 * A {@code multipart/form-data} body, read into memory as it comes: no file is ever written, each part and their number are
 * bounded, and the memory of all uploads together is too. The owner closes it when the bytes are no longer used.
 */
public final class MultipartForm implements AutoCloseable {
    private static final String MEDIA_TYPE = "multipart/form-data";
    private static final int READ_BYTES = 1 << 16;
    static final int MAX_PARTS = 64;
    private static final int MAX_PART_HEADER_BYTES = 4 << 10;

    private final Map<String, String> fields;
    private final List<FilePart> files;
    private final UploadBudget budget;
    private long heldBytes;

    /**
     * A file of the form.
     *
     * @param field the name of its field
     * @param bytes the whole file
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record FilePart(String field, byte[] bytes) {}

    private MultipartForm(PartCollector collected, UploadBudget budget) {
        this.fields = Collections.unmodifiableMap(collected.fields());
        this.files = List.copyOf(collected.files());
        this.budget = budget;
        this.heldBytes = collected.heldBytes();
    }

    /**
     * Reads a request's body.
     *
     * @param fileField the field whose part is a file, whether it has a file name or not
     * @param maxFileBytes of one file
     * @throws HttpFault 415 if the body is of another type; 413 if a part, or all of them, are too large; 400 if it is no sound
     *     form; 503 if other uploads hold the memory
     * @throws IOException if the client hung up
     */
    public static MultipartForm read(Context context, String fileField, long maxFileBytes, UploadBudget budget)
            throws IOException {
        PartCollector collector = new PartCollector(fileField, maxFileBytes, budget);
        boolean read = false;
        try {
            String boundary = boundary(context);
            refuseIfTooLong(context, maxFileBytes);
            feed(PacedBody.of(context), boundary, collector);
            read = true;
            return new MultipartForm(collector, budget);
        } catch (HttpFault fault) {
            RequestBody.skipRest(context);
            throw fault;
        } finally {
            if (!read) {
                budget.letGo(collector.heldBytes());
            }
        }
    }

    private static String boundary(Context context) {
        String type = String.valueOf(context.req().getContentType());
        String mediaType = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw new HttpFault(
                    415,
                    new ErrorBody(
                            "The body must be " + MEDIA_TYPE + ", as forms with files are sent, found "
                                    + (context.req().getContentType() == null ? "no Content-Type" : mediaType)
                                    + ". With curl: -F file=@picture.png --form-string 'task=<CAPTION>'.",
                            ErrorBody.INVALID_REQUEST,
                            null,
                            "unsupported_media_type"));
        }
        String boundary = MultiPart.extractBoundary(type);
        if (boundary == null || boundary.isEmpty()) {
            throw unsound("its Content-Type names no boundary; leave that header to the library that makes the form");
        }
        return boundary;
    }

    private static void refuseIfTooLong(Context context, long maxFileBytes) {
        if (context.req().getContentLengthLong() > maxFileBytes + (long) MAX_PARTS * PartCollector.MAX_FIELD_BYTES) {
            throw PartCollector.tooLarge(
                    "The body has " + context.req().getContentLengthLong() + " bytes, and a file may have "
                            + maxFileBytes + ".",
                    "file");
        }
    }

    private static void feed(InputStream in, String boundary, PartCollector collector) throws IOException {
        MultiPart.Parser parser = new MultiPart.Parser(boundary, collector);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_PART_HEADER_BYTES);
        byte[] buffer = new byte[READ_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            parser.parse(Content.Chunk.from(ByteBuffer.wrap(buffer, 0, read), false));
            collector.throwIfFaulty();
        }
        parser.parse(Content.Chunk.EOF);
        collector.throwIfFaulty();
        if (!collector.isComplete()) {
            throw unsound("it ends before its last boundary");
        }
    }

    static HttpFault unsound(String why) {
        return new HttpFault(400, ErrorBody.invalid(null, "The body is no sound " + MEDIA_TYPE + ": " + why + "."));
    }

    /** From a field's name to its text, in the order of the form; without the files. */
    public Map<String, String> fields() {
        return fields;
    }

    public List<FilePart> files() {
        return files;
    }

    @Override
    public void close() {
        budget.letGo(heldBytes);
        heldBytes = 0;
    }
}
