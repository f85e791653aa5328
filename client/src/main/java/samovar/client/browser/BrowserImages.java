package samovar.client.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.client.js.Await;
import samovar.client.js.Images;
import samovar.client.js.JsFault;
import samovar.image.ImageException;
import samovar.image.ImageLimits;
import samovar.task.RawImage;

/** Pictures that a visitor chose, dropped or pasted. */
public final class BrowserImages {
    private BrowserImages() {}

    /**
     * Decodes a Blob or File; awaits.
     *
     * @throws ImageException as {@link BrowserImageDecoder#decode} does, and if the file has gone away since it was chosen
     */
    public static RawImage read(JSObject blob) {
        return new RawImage(new BrowserImageDecoder().decode(bytes(blob, ImageLimits.DEFAULTS)));
    }

    /** The encoded bytes of a Blob or File, unless there are too many; awaits. */
    static byte[] bytes(JSObject blob, ImageLimits limits) {
        limits.checkBytes((long) Images.size(blob));
        try {
            return new Int8Array(Await.of(Images.bytes(blob))).copyToJavaArray();
        } catch (JsFault fault) {
            throw new ImageException(
                    ImageException.Kind.UNREACHABLE,
                    "the file cannot be read any more (" + fault.getMessage() + "); choose it again");
        }
    }
}
