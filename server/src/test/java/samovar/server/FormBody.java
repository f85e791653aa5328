package samovar.server;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** Makes the body of a form with files, as browsers do. */
final class FormBody {
    static final String TYPE = "multipart/form-data; boundary=----samovar7";
    private static final String BOUNDARY = "------samovar7";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    FormBody field(String name, String text) {
        return part("form-data; name=\"" + name + "\"", null, text.getBytes(StandardCharsets.UTF_8));
    }

    FormBody file(byte[] content) {
        return file("file", content);
    }

    FormBody file(String name, byte[] content) {
        return part("form-data; name=\"" + name + "\"; filename=\"p.png\"", "application/octet-stream", content);
    }

    FormBody part(String disposition, String type, byte[] content) {
        write(BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n");
        write((type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n");
        bytes.writeBytes(content);
        write("\r\n");
        return this;
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the end. */
    byte[] unfinished() {
        return bytes.toByteArray();
    }

    byte[] toBytes() {
        write(BOUNDARY + "--\r\n");
        return bytes.toByteArray();
    }

    HttpRequest.BodyPublisher publisher() {
        return HttpRequest.BodyPublishers.ofByteArray(toBytes());
    }
}
