package samovar.server.openai;

import samovar.image.ImageException;
import samovar.image.ImageLimits;
import samovar.server.http.HttpFault;
import samovar.wire.ErrorBody;

/** What a client is told of a picture that cannot be used. */
final class ImageFaults {
    private ImageFaults() {}

    /** @param param the field of the request that holds the picture */
    static HttpFault of(ImageException failure, String param) {
        return switch (failure.kind()) {
            case TOO_LARGE -> fault(413, "image_too_large", failure, param);
            case UNREADABLE -> fault(400, "invalid_image", failure, param);
            case UNSUPPORTED_FORMAT -> fault(400, "invalid_image_format", failure, param);
            case UNREACHABLE -> fault(400, "invalid_image_url", failure, param);
        };
    }

    private static HttpFault fault(int status, String code, ImageException failure, String param) {
        return new HttpFault(
                status,
                new ErrorBody(param + ": " + failure.getMessage() + ".", ErrorBody.INVALID_REQUEST, param, code));
    }

    /**
     * Looks at what a picture's first bytes say, before anything decodes it.
     *
     * @throws HttpFault 413 or 400
     */
    static void check(byte[] file, String param) {
        try {
            ImageLimits.DEFAULTS.check(file);
        } catch (ImageException refused) {
            throw of(refused, param);
        }
    }
}
