package samovar.client.ui;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.dom.html.HTMLImageElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.image.ImageException;
import samovar.image.ImageHeader;
import samovar.image.ImageLimits;
import samovar.image.ImageSize;

/** From a file that the visitor gave to a picture that can be shown and sent. Its methods may await. */
final class PictureFile {
    private PictureFile() {}

    /**
     * Reads a file, checks it before anything decodes it, and lets the browser find out its size as it is shown, upright.
     *
     * @throws ImageException if it is no picture that a model can be given
     */
    static Picture read(Blob blob, String name) {
        // A Blob's size beyond 2^31 comes as a negative int; as many bytes as that are refused all the same.
        ImageLimits.DEFAULTS.checkBytes(blob.getSize() < 0 ? Long.MAX_VALUE : blob.getSize());
        Int8Array bytes = bytes(blob).await();
        if (bytes == null) {
            throw new ImageException(
                    ImageException.Kind.UNREADABLE,
                    "the file " + name + " can't be read any more; it may have been moved or deleted, choose it again");
        }
        byte[] file = bytes.copyToJavaArray();
        ImageHeader header = ImageLimits.DEFAULTS.check(file);
        String url = address(blob, "image/" + header.format().label());
        HTMLImageElement shown = shown(url).await();
        if (shown == null) {
            release(url);
            throw new ImageException(
                    ImageException.Kind.UNREADABLE,
                    "the " + header.format().label() + " file " + name
                            + " begins like a picture, but this browser can't decode the rest; save it anew");
        }
        return new Picture(name, file, url, new ImageSize(shown.getNaturalWidth(), shown.getNaturalHeight()));
    }

    /** Frees what the browser keeps for the picture's address. */
    static void release(Picture picture) {
        release(picture.url());
    }

    @JSBody(
            params = "blob",
            script = "return blob.arrayBuffer().then(function (b) { return new Int8Array(b); },"
                    + " function () { return null; });")
    private static native JSPromise<Int8Array> bytes(Blob blob);

    @JSBody(
            params = {"blob", "type"},
            script = "return URL.createObjectURL(blob.type === type ? blob : new Blob([blob], {type: type}));")
    private static native String address(Blob blob, String type);

    /** The image once it is decoded; null where it can't be. */
    @JSBody(
            params = "url",
            script = "var image = new Image(); image.src = url;"
                    + " return image.decode().then(function () { return image; }, function () { return null; });")
    private static native JSPromise<HTMLImageElement> shown(String url);

    @JSBody(params = "url", script = "URL.revokeObjectURL(url);")
    private static native void release(String url);

    /** The first of the files that an event or an input brings; null where it brings none. */
    @JSBody(
            params = "source",
            script = "var t = source.dataTransfer || source.clipboardData || source; return t.files[0] || null;")
    static native Blob first(JSObject source);

    /** What a file is called; a pasted picture has no name worth showing. */
    @JSBody(params = "blob", script = "return blob.name || 'pasted picture';")
    static native String name(Blob blob);

    /** Whether something that is dragged over the page holds files. */
    @JSBody(params = "event", script = "return Array.from(event.dataTransfer.types).includes('Files');")
    static native boolean holdsFiles(JSObject event);
}
