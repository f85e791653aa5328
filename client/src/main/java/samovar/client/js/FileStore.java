package samovar.client.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSBoolean;
import org.teavm.jso.core.JSPromise;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Uint8Array;

/**
 * The module {@code store.js} beside the compiled code: files of models in the browser's origin-private storage. Files are given as JSON
 * objects with {@code url, repo, commit, path, size, sha256, blobId}; faults have the names AbortError, Damaged, Full, OutOfMemory and Refused.
 */
public final class FileStore {
    private FileStore() {}

    /** Whether what is fetched is here at the next visit. */
    @JSBody(imports = @JSBodyImport(alias = "store", fromModule = "./store.js"), script = "return store.keeps();")
    public static native JSPromise<JSBoolean> keeps();

    /** Asks the browser not to clear the storage by itself; the answer changes nothing here. */
    @JSBody(imports = @JSBodyImport(alias = "store", fromModule = "./store.js"), script = "store.persist();")
    public static native void persist();

    /** Whether all of an array of files are kept whole. */
    @JSBody(
            params = "files",
            imports = @JSBodyImport(alias = "store", fromModule = "./store.js"),
            script = "return store.has(JSON.parse(files));")
    public static native JSPromise<JSBoolean> has(String files);

    /** Brings what is missing of an array of files. */
    @JSBody(
            params = {"files", "signal", "listener"},
            imports = @JSBodyImport(alias = "store", fromModule = "./store.js"),
            script = "return store.fetchFiles(JSON.parse(files), signal, listener);")
    public static native JSPromise<JSObject> fetch(String files, JSObject signal, StoreListener listener);

    /** The bytes of one file that is here; they become the caller's. */
    @JSBody(
            params = "file",
            imports = @JSBodyImport(alias = "store", fromModule = "./store.js"),
            script = "return store.read(JSON.parse(file));")
    public static native JSPromise<Uint8Array> read(String file);

    /** A JSON array of all that is kept: {@code key, repo, commit, path, size, bytes, whole}. */
    @JSBody(imports = @JSBodyImport(alias = "store", fromModule = "./store.js"), script = "return store.list();")
    public static native JSPromise<JSString> list();

    /** Removes what a JSON array of keys names. */
    @JSBody(
            params = "keys",
            imports = @JSBodyImport(alias = "store", fromModule = "./store.js"),
            script = "return store.remove(JSON.parse(keys));")
    public static native JSPromise<JSObject> remove(String keys);

    /** Removes what other commits of a repository have left. */
    @JSBody(
            params = {"repo", "commit"},
            imports = @JSBodyImport(alias = "store", fromModule = "./store.js"),
            script = "return store.forgetOtherCommits(repo, commit);")
    public static native JSPromise<JSObject> forgetOtherCommits(String repo, String commit);
}
