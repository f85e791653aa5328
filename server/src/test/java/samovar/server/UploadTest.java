package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads that are too large, broken, or left in the middle. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UploadTest {
    private static final int MAX_FILE_BYTES = 32_000_000;
    private static final String HELD = "samovar_uploads_held_bytes";
    private static final String CANCELLED = "samovar_turns_total{reason=\"cancelled\"}";

    private static TestServer server;
    private static Set<Path> temporaryFilesBefore;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        temporaryFilesBefore = temporaryFiles();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Set<Path> temporaryFiles() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            // Jetty's names for parts of forms, and for its own folders.
            return files.filter(file -> file.getFileName().toString().matches("(?i)(multipart|jetty).*"))
                    .collect(Collectors.toSet());
        }
    }

    private static HttpResponse<String> send(FormBody form) throws Exception {
        return server.send(server.request("/v1/captions")
                .header("Content-Type", FormBody.TYPE)
                .POST(form.publisher()));
    }

    private static String head(String length) {
        return "POST /v1/captions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + FormBody.TYPE
                + "\r\n" + length + "\r\n\r\n";
    }

    private static Socket post(String head, byte[] body) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    private static String answer(Socket socket) throws Exception {
        try (socket;
                InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void awaitHeld(double bytes) throws Exception {
        while (server.metric(HELD) != bytes) {
            Thread.sleep(5);
        }
    }

    @Test
    void refusesAFileOverTheLimitAndTakesOneOfExactlyThatSize() throws Exception {
        HttpResponse<String> over =
                send(new FormBody().file(new byte[MAX_FILE_BYTES + 1]).field("task", "<CAPTION>"));
        CaptionApiTest.assertRefused(
                over, 413, "file", "request_too_large", "'file' has more than 32000000 bytes, the most that is read");
        HttpResponse<String> exact =
                send(new FormBody().file(new byte[MAX_FILE_BYTES]).field("task", "<CAPTION>"));
        CaptionApiTest.assertRefused(exact, 400, "file", "invalid_image_format", "no picture");
        assertThat(server.metric(HELD)).isZero();
    }

    @Test
    void refusesABodyFarOverTheLimitByItsLengthAlone() throws Exception {
        String head = head("Expect: 100-continue\r\nContent-Length: 5000000000");
        String answer = answer(post(head, new byte[0]));
        assertThat(answer).startsWith("HTTP/1.1 413").contains("The body has 5000000000 bytes");
    }

    @Test
    void boundsAFormOfUnknownLengthAsAWhole() throws Exception {
        byte[] file = new byte[15_000_000];
        byte[] form = new FormBody()
                .file(file)
                .file(file)
                .file(file)
                .field("task", "<OD>")
                .toBytes();
        HttpResponse<String> response = server.send(server.request("/v1/captions")
                .header("Content-Type", FormBody.TYPE)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form))));
        CaptionApiTest.assertRefused(
                response, 413, "file", "request_too_large", "The form has more than 36194304 bytes");
        assertThat(server.metric(HELD)).isZero();
    }

    @Test
    void refusesFieldsOfTextThatAreTooLong() throws Exception {
        HttpResponse<String> response = send(new FormBody().field("task", "x".repeat(70_000)));
        CaptionApiTest.assertRefused(response, 413, "task", "request_too_large", "'task' has more than 65536 bytes");
    }

    @Test
    void refusesFormsOfVeryManyParts() throws Exception {
        FormBody form = new FormBody();
        for (int i = 0; i < 100; i++) {
            form.field("f" + i, "x");
        }
        assertThat(send(form).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAFieldThatIsThereTwiceOrIsNoText() throws Exception {
        CaptionApiTest.assertRefused(
                send(new FormBody().field("task", "<CAPTION>").field("task", "<OD>")),
                400,
                "task",
                null,
                "'task' is there twice");
        CaptionApiTest.assertRefused(
                send(new FormBody().part("form-data; name=\"task\"", null, new byte[] {(byte) 0xff})),
                400,
                "task",
                null,
                "'task' is not UTF-8");
        CaptionApiTest.assertRefused(
                send(new FormBody().part("form-data", null, new byte[1])), 400, null, null, "a part has no name");
    }

    @Test
    void refusesAFormThatEndsInTheMiddle() throws Exception {
        byte[] body = new FormBody().field("task", "<CAPTION>").unfinished();
        String answer = answer(post(head("Content-Length: " + body.length), body));
        assertThat(answer).startsWith("HTTP/1.1 400").contains("it ends before its last boundary");
    }

    @Test
    void readsAFormInPieces() throws Exception {
        byte[] body = new FormBody()
                .field("task", "<NONE>")
                .file(Pictures.read("scene01.png"))
                .toBytes();
        try (Socket socket = post(head("Content-Length: " + body.length), new byte[0])) {
            socket.setTcpNoDelay(true);
            for (byte one : Arrays.copyOf(body, 300)) {
                socket.getOutputStream().write(one);
                socket.getOutputStream().flush();
            }
            socket.getOutputStream().write(body, 300, body.length - 300);
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("is no task of this model");
        }
    }

    @Test
    void keepsNothingOfAnUploadThatWasLeftInTheMiddle() throws Exception {
        awaitHeld(0);
        byte[] body = new FormBody()
                .field("task", "<CAPTION>")
                .file(new byte[3_000_000])
                .unfinished();
        for (String length : new String[] {"Content-Length: 9000000", "Transfer-Encoding: chunked"}) {
            boolean chunked = length.startsWith("T");
            String start = chunked ? Integer.toHexString(5_000_000) + "\r\n" : "";
            Socket client = post(head(length) + start, body);
            // The last bytes could be the beginning of a boundary.
            while (server.metric(HELD) < 2_900_000) {
                Thread.sleep(5);
            }
            client.setSoLinger(true, 0);
            client.close();
            awaitHeld(0);
        }
        assertThat(temporaryFiles()).isEqualTo(temporaryFilesBefore);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void endsACaptionWhoseClientLeft() throws Exception {
        double before = server.metric(CANCELLED);
        byte[] body = new FormBody()
                .field("task", "<CAPTION>")
                .field("stream", "true")
                .field("num_beams", "1")
                .field("min_new_tokens", "900")
                .field("max_new_tokens", "900")
                .file(Pictures.read("scene00.png"))
                .toBytes();
        Socket client = post(head("Content-Length: " + body.length), body);
        InputStream in = client.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\"delta\"") < 0) {
            int next = in.read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
        double tokens = server.metric("samovar_tokens_generated_total");
        client.close();
        while (server.metric(CANCELLED) == before) {
            Thread.sleep(2);
        }
        assertThat(server.metric("samovar_tokens_generated_total") - tokens).isLessThan(500);
        awaitHeld(0);
    }
}
