package samovar.dtype;

import samovar.hub.RepoFile;

/**
 * One file of weights that a plan needs.
 *
 * @param path in the repository, for example {@code onnx/model_q4.onnx}
 * @param sha256 of the content, 64 hexadecimal digits, or null where the listing does not say
 */
public record PlannedFile(String path, long sizeBytes, String sha256) {
    static PlannedFile of(RepoFile file) {
        return new PlannedFile(file.path(), file.sizeBytes(), file.sha256());
    }

    /** The path's last segment: the name under which a graph refers to its external data. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
