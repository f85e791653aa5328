package samovar.client.ortweb;

import org.teavm.jso.typedarrays.Int8Array;
import org.teavm.jso.typedarrays.Uint8Array;
import samovar.client.js.TypedArrays;
import samovar.dtype.Device;
import samovar.runtime.GraphEdit;

/** The graph that is opened in place of a file. On the JavaScript target Java sees the file's bytes themselves. */
final class EditedGraph {
    /** Of more there may be no second copy in a tab, even for a moment. */
    private static final int MOST_BYTES = 256 << 20;

    private EditedGraph() {}

    static Uint8Array of(Uint8Array file, GraphEdit edit, Device device) {
        if (edit == GraphEdit.NONE || file.getLength() > MOST_BYTES) {
            return file;
        }
        byte[] bytes = TypedArrays.int8Of(file).copyToJavaArray();
        byte[] edited = edit.apply(bytes, device);
        return edited == bytes ? file : TypedArrays.uint8Of(Int8Array.copyFromJavaArray(edited));
    }
}
