package samovar.client.browser;

import java.util.Objects;
import org.teavm.jso.typedarrays.Int8Array;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.client.js.Await;
import samovar.client.js.Images;
import samovar.client.js.JsFault;
import samovar.client.js.TypedArrays;
import samovar.image.ImageDecoder;
import samovar.image.ImageException;
import samovar.image.ImageException.Kind;
import samovar.image.ImageHeader;
import samovar.image.ImageLimits;
import samovar.image.RgbImage;

/**
 * The browser's own decoder, in a page or a worker. The values are those of the decoder on the JVM, but for two: browsers keep no
 * colour under the transparent pixels of a GIF, which become black, and each has its own JPEG and WebP decoder. All methods
 * await.
 */
public final class BrowserImageDecoder implements ImageDecoder {
    private static final int FETCH_MILLIS = 60_000;

    private final ImageLimits limits;

    /** With {@link ImageLimits#DEFAULTS}. */
    public BrowserImageDecoder() {
        this(ImageLimits.DEFAULTS);
    }

    public BrowserImageDecoder(ImageLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    @Override
    public RgbImage decode(byte[] file) {
        ImageHeader header = limits.check(file);
        Images.Decoded decoded;
        try {
            Uint8Array bytes = TypedArrays.uint8Of(Int8Array.copyFromJavaArray(file));
            decoded = Await.of(Images.decode(bytes, "image/" + header.format().label()));
        } catch (JsFault fault) {
            throw failure(header, fault);
        }
        limits.checkPixels(decoded.getWidth(), decoded.getHeight());
        byte[] rgb = TypedArrays.int8Of(decoded.getRgb()).copyToJavaArray();
        return new RgbImage(decoded.getWidth(), decoded.getHeight(), rgb);
    }

    private static ImageException failure(ImageHeader header, JsFault fault) {
        String file = "the " + header.format().label() + " file";
        return switch (fault.name()) {
            case "InvalidStateError" ->
                new ImageException(
                        Kind.UNREADABLE,
                        file + " is damaged, this browser cannot decode it (" + fault.getMessage()
                                + "); save it anew, or as PNG");
            case "NotSupportedError" ->
                new ImageException(
                        Kind.UNSUPPORTED_FORMAT,
                        file + " cannot be read: " + fault.getMessage() + "; save it without transparency, as JPEG");
            default ->
                new ImageException(
                        Kind.TOO_LARGE,
                        file + " of " + header.width() + " × " + header.height() + " pixels could not be read ("
                                + fault.getMessage() + "), perhaps for want of memory; scale it down");
        };
    }

    /** Relative addresses are taken from the page's; {@code blob:} works too. */
    @Override
    public RgbImage load(String url) {
        int most = (int) Math.min(Integer.MAX_VALUE, limits.maxBytes());
        Uint8Array bytes;
        try {
            bytes = Await.of(Images.fetch(url, most, FETCH_MILLIS));
        } catch (JsFault fault) {
            String shown = url.length() > 80 ? url.substring(0, 80) + "…" : url;
            throw new ImageException(
                    Kind.UNREACHABLE,
                    "could not fetch " + shown + " (" + fault.getMessage()
                            + "); check the address. Many sites let no other page read their pictures: save it, and choose the file");
        }
        if (bytes == null) {
            limits.checkBytes(limits.maxBytes() + 1);
        }
        return decode(TypedArrays.int8Of(bytes).copyToJavaArray());
    }
}
