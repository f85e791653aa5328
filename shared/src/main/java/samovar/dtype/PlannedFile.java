package samovar.dtype;

import samovar.hub.RepoFile;

/**
 * One file of weights that a plan needs.
 *
 * @param path in the repository, for example {@code onnx/model_q4.onnx}
 * @param sha256 of the content, 64 hexadecimal digits, or null where the listing does not say
 * @param blobId the git blob's SHA-1 of the content, 40 hexadecimal digits; null where the listing does not say, or says the sha256
 */
public record PlannedFile(String path, long sizeBytes, String sha256, String blobId) {
    /** A file without a git blob's id. */
    public PlannedFile(String path, long sizeBytes, String sha256) {
        this(path, sizeBytes, sha256, null);
    }

    static PlannedFile of(RepoFile file) {
        // With a sha256 the file is in Git LFS, and its blob is the pointer.
        String blobId = file.sha256() == null ? file.blobId() : null;
        return new PlannedFile(file.path(), file.sizeBytes(), file.sha256(), blobId);
    }

    /** The path's last segment: the name under which a graph refers to its external data. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
