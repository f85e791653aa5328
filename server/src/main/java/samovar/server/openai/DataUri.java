package samovar.server.openai;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import samovar.server.http.HttpFault;
import samovar.wire.ErrorBody;

/** The bytes of an {@code image_url}, which must hold them itself: nothing that a request says chooses a host to fetch from. */
final class DataUri {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";
    private static final List<String> MEDIA_TYPES =
            List.of("image/png", "image/jpeg", "image/jpg", "image/webp", "image/gif", "image/bmp");
    private static final String EXPECTED = "expected data:image/png;base64,… (or jpeg, webp, gif, bmp)";

    private DataUri() {}

    /**
     * @param param where the address stands in the request
     * @throws HttpFault 400 if it is no data URI of a picture
     */
    static byte[] bytes(String url, String param) {
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw fault(
                    param,
                    isAddress(url)
                            ? "images are not fetched from addresses here, so that no request makes this server call another;"
                                    + " read the picture yourself and send it as a data URI, data:image/png;base64,…"
                            : EXPECTED + ", found " + shown(url));
        }
        int comma = url.indexOf(',');
        if (comma < 0) {
            throw fault(param, EXPECTED + ", found no comma in " + shown(url));
        }
        String head = url.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        if (!head.endsWith(BASE64)) {
            throw fault(param, EXPECTED + ", found a data URI that is not base64: " + shown(url));
        }
        String mediaType = head.substring(0, head.length() - BASE64.length()).split(";", 2)[0];
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw fault(
                    param,
                    "the media type is " + (mediaType.isEmpty() ? "missing" : "\"" + mediaType + "\"") + "; "
                            + EXPECTED);
        }
        return decode(url.substring(comma + 1), param);
    }

    private static boolean isAddress(String url) {
        int colon = url.indexOf(':');
        return colon > 1 && url.startsWith("//", colon + 1);
    }

    private static byte[] decode(String base64, String param) {
        String packed = base64;
        if (base64.indexOf('\n') >= 0 || base64.indexOf('\r') >= 0 || base64.indexOf(' ') >= 0) {
            // Python's encodebytes breaks lines.
            packed = base64.replace("\n", "").replace("\r", "").replace(" ", "");
        }
        try {
            return Base64.getDecoder().decode(packed);
        } catch (IllegalArgumentException e) {
            throw fault(param, "the part behind the comma is not base64 (" + e.getMessage() + ")");
        }
    }

    private static String shown(String text) {
        return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
    }

    private static HttpFault fault(String param, String problem) {
        return new HttpFault(
                400,
                new ErrorBody(
                        "Invalid '" + param + "': " + problem + ".",
                        ErrorBody.INVALID_REQUEST,
                        param,
                        "invalid_image_url"));
    }
}
