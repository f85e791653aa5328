package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Uint8Array;

/** The browser's decoder of images, through {@code images.js}, which stands beside the compiled code. */
public final class Images {
    private Images() {}

    /** A decoded image, upright. */
    public interface Decoded extends JSObject {
        @JSProperty
        int getWidth();

        @JSProperty
        int getHeight();

        /** Three bytes a pixel, row by row from the top. */
        @JSProperty
        Uint8Array getRgb();
    }

    /** Rejected with {@code NotSupportedError} where the image is transparent and the browser has no WebGL2. */
    @JSBody(
            params = {"bytes", "type"},
            imports = @JSBodyImport(alias = "images", fromModule = "./images.js"),
            script = "return images.decodeImage(bytes, type);")
    public static native JSPromise<Decoded> decode(Uint8Array bytes, String type);

    /** The bytes behind an address, null where there are more than {@code most}; rejected where nothing comes in time. */
    @JSBody(
            params = {"url", "most", "millis"},
            imports = @JSBodyImport(alias = "images", fromModule = "./images.js"),
            script = "return images.fetchBytes(url, most, millis);")
    public static native JSPromise<Uint8Array> fetch(String url, int most, int millis);

    /** The length of a Blob or File. */
    @JSBody(params = "blob", script = "return blob.size;")
    public static native double size(JSObject blob);

    @JSBody(params = "blob", script = "return blob.arrayBuffer();")
    public static native JSPromise<ArrayBuffer> bytes(JSObject blob);
}
