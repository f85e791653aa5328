package samovar.client.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.streams.ReadableStreamReadResult;
import org.teavm.jso.typedarrays.Uint8Array;

/** Pieces of a byte stream, where the overlay's element type is not the stream's. */
final class ByteStreams {
    private ByteStreams() {}

    /** Zeroed bytes; rejected where memory is short. */
    @JSBody(
            params = "length",
            script = "try { return Promise.resolve(new Uint8Array(length)); } catch (e) { return Promise.reject(e); }")
    static native JSPromise<Uint8Array> allocate(int length);

    @JSBody(params = "piece", script = "return piece.value.length;")
    static native int length(ReadableStreamReadResult piece);

    @JSBody(
            params = {"target", "offset", "piece"},
            script = "target.set(piece.value, offset);")
    static native void append(Uint8Array target, int offset, ReadableStreamReadResult piece);

    /** A decoder of UTF-8 that keeps characters cut between two pieces. */
    @JSBody(script = "return new TextDecoder();")
    static native JSObject textDecoder();

    @JSBody(
            params = {"decoder", "piece"},
            script = "return decoder.decode(piece.value, {stream: true});")
    static native String decode(JSObject decoder, ReadableStreamReadResult piece);

    @JSBody(params = "signal", script = "return {signal: signal};")
    static native JSObject initWithSignal(JSObject signal);

    @JSBody(
            params = {"json", "signal"},
            script =
                    "return {method: 'POST', headers: {'Content-Type': 'application/json'}, body: json, signal: signal};")
    static native JSObject initPost(String json, JSObject signal);

    @JSBody(
            params = {"form", "signal"},
            script = "return {method: 'POST', body: form, signal: signal};")
    static native JSObject initPostForm(JSObject form, JSObject signal);
}
