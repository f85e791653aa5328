package samovar.hub;

/**
 * One file of a repository at one commit.
 *
 * @param path relative to the repository's root, segments parted by {@code /}; never leads out of the root
 * @param sizeBytes of the content (not of a Git LFS pointer), at least 0
 * @param blobId the git blob's SHA-1, 40 hexadecimal digits: of the content, or of the pointer for a file in Git LFS;
 *     null where the source does not say
 * @param sha256 of the content for a file in Git LFS, 64 hexadecimal digits; null for other files
 */
public record RepoFile(String path, long sizeBytes, String blobId, String sha256) {
    private static final int MAX_PATH_CHARS = 1000;

    public RepoFile {
        checkPath(path);
        if (sizeBytes < 0) {
            throw HubException.invalid(
                    "a file size", String.valueOf(sizeBytes), path + " needs a size of 0 bytes or more");
        }
        if (blobId != null && !Ascii.isHex(blobId, 40)) {
            throw HubException.invalid("a git blob id", blobId, path + " needs 40 lower-case hexadecimal digits");
        }
        if (sha256 != null && !Ascii.isHex(sha256, 64)) {
            throw HubException.invalid("a sha256", sha256, path + " needs 64 lower-case hexadecimal digits");
        }
    }

    /** The path's last segment. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Returns the path if it may name a file inside a repository, whatever it was read from.
     *
     * @throws HubException INVALID for an absolute path, an empty, {@code .} or {@code ..} segment, a backslash, a colon, a
     *     control character or half a surrogate pair
     */
    public static String checkPath(String path) {
        if (path == null || path.isEmpty() || path.length() > MAX_PATH_CHARS || !isValid(path)) {
            throw HubException.invalid(
                    "a path in a repository",
                    path,
                    "a path is relative, its segments parted by '/', none of them empty, '.' or '..', without backslashes,"
                            + " colons and control characters; for example onnx/model_q4.onnx");
        }
        return path;
    }

    private static boolean isValid(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < 0x20 || c == 0x7f || c == '\\' || c == ':' || isHalfPair(path, i)) {
                return false;
            }
        }
        String bounded = "/" + path + "/";
        return !bounded.contains("//") && !bounded.contains("/./") && !bounded.contains("/../");
    }

    private static boolean isHalfPair(String path, int i) {
        char c = path.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == path.length() || !Character.isLowSurrogate(path.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(path.charAt(i - 1)));
    }
}
