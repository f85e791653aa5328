package samovar.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import samovar.wire.ErrorBody;

/**
 * Headers on every response, errors of Jetty's own included. COOP and COEP isolate the page, so that its WebAssembly has threads;
 * CORP belongs on all that an isolated page loads, its worker scripts and the models too.
 */
final class CommonHeaders implements HttpConfiguration.Customizer {
    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Embedder-Policy", "require-corp",
            // The mirror's public files say cross-origin themselves.
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff"));

    /** Adds the headers when a response is committed, so that a reset on the way to an error cannot lose them. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        request.addHttpStreamWrapper(AddingStream::new);
        return request;
    }

    private static void addTo(HttpFields.Mutable fields) {
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            if (!fields.contains(header.getKey())) {
                fields.put(header.getKey(), header.getValue());
            }
        }
    }

    private static final class AddingStream extends HttpStream.Wrapper {
        AddingStream(HttpStream stream) {
            super(stream);
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.Response response,
                boolean last,
                ByteBuffer content,
                Callback callback) {
            super.send(request, response == null ? null : withHeaders(response), last, content, callback);
        }

        private static MetaData.Response withHeaders(MetaData.Response response) {
            HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
            addTo(fields);
            return new MetaData.Response(
                    response.getStatus(),
                    response.getReason(),
                    response.getHttpVersion(),
                    fields,
                    response.getContentLength(),
                    response.getTrailersSupplier());
        }
    }

    /** Answers what never reaches a handler (bad HTTP, ambiguous addresses, too large headers) in the API's error form. */
    static final class Errors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            byte[] body = body(response.getStatus(), String.valueOf(request.getAttribute(ERROR_MESSAGE)));
            // A request that Jetty could not read has not been through the customizer.
            addTo(response.getHeaders());
            response.getHeaders().put("Content-Type", "application/json");
            response.getHeaders().put("Content-Length", body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }

        private static byte[] body(int status, String reason) {
            String type = status < 500 ? ErrorBody.INVALID_REQUEST : ErrorBody.SERVER;
            return new ErrorBody("The request was refused (" + status + "): " + reason, type, null, null)
                    .toJson()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
