package samovar.server.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import samovar.wire.ErrorBody;

/** Gathers the parts of one form while Jetty's parser goes through it. For one thread. */
final class PartCollector implements MultiPart.Parser.Listener {
    static final int MAX_FIELD_BYTES = 64 << 10;

    private final String fileField;
    private final long maxFileBytes;
    private final UploadBudget budget;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<MultipartForm.FilePart> files = new ArrayList<>();
    private final Map<String, String> disposition = new LinkedHashMap<>();
    private ByteArrayOutputStream content = new ByteArrayOutputStream();
    private long heldBytes;
    private RuntimeException fault;
    private boolean complete;

    PartCollector(String fileField, long maxFileBytes, UploadBudget budget) {
        this.fileField = fileField;
        this.maxFileBytes = maxFileBytes;
        this.budget = budget;
    }

    @Override
    public void onPartBegin() {
        disposition.clear();
        content = new ByteArrayOutputStream();
    }

    @Override
    public void onPartHeader(String name, String value) {
        if (name.equalsIgnoreCase("Content-Disposition")) {
            HttpField.getValueParameters(value, disposition);
        }
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
        ByteBuffer bytes = chunk.getByteBuffer();
        long limit = isFile() ? maxFileBytes : MAX_FIELD_BYTES;
        if (fault != null) {
            return;
        }
        if (content.size() + (long) bytes.remaining() > limit) {
            fault = tooLarge(
                    "The part '" + name() + "' has more than " + limit + " bytes, the most that is read.", name());
            return;
        }
        long whole = maxFileBytes + (long) MultipartForm.MAX_PARTS * MAX_FIELD_BYTES;
        if (heldBytes + bytes.remaining() > whole) {
            fault = tooLarge("The form has more than " + whole + " bytes, the most that is read.", name());
            return;
        }
        try {
            budget.hold(bytes.remaining());
        } catch (HttpFault full) {
            fault = full;
            return;
        }
        heldBytes += bytes.remaining();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        content.writeBytes(copy);
    }

    @Override
    public void onPartEnd() {
        if (fault != null) {
            return;
        }
        if (name().isEmpty()) {
            fault = MultipartForm.unsound("a part has no name in its Content-Disposition");
        } else if (isFile()) {
            files.add(new MultipartForm.FilePart(name(), content.toByteArray()));
        } else if (fields.put(name(), text()) != null && fault == null) {
            fault = new HttpFault(400, ErrorBody.invalid(name(), "The field '" + name() + "' is there twice."));
        }
        content = new ByteArrayOutputStream();
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            fault = new HttpFault(400, ErrorBody.invalid(name(), "The field '" + name() + "' is not UTF-8 text."));
            return "";
        }
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    @Override
    public void onFailure(Throwable failure) {
        if (fault == null) {
            fault = MultipartForm.unsound(
                    failure instanceof EOFException ? "it ends before its last boundary" : failure.getMessage());
        }
    }

    private String name() {
        return disposition.getOrDefault("name", "");
    }

    private boolean isFile() {
        return disposition.containsKey("filename") || disposition.containsKey("filename*") || name().equals(fileField);
    }

    static HttpFault tooLarge(String message, String param) {
        return new HttpFault(413, new ErrorBody(message, ErrorBody.INVALID_REQUEST, param, "request_too_large"))
                .header("Connection", "close");
    }

    void throwIfFaulty() {
        if (fault != null) {
            throw fault;
        }
    }

    boolean isComplete() {
        return complete;
    }

    Map<String, String> fields() {
        return fields;
    }

    List<MultipartForm.FilePart> files() {
        return files;
    }

    /** What the budget was asked for so far. */
    long heldBytes() {
        return heldBytes;
    }
}
