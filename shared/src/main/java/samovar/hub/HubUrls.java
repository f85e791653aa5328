package samovar.hub;

import samovar.platform.Utf8Bytes;

/**
 * Addresses on one Hub or mirror, percent-encoded, and the keys under which their answers are cached.
 *
 * <p>{@code new HubUrls("https://huggingface.co").resolve(RepoId.of("a/b"), Revision.MAIN, "onnx/x y.onnx")} is {@code
 * https://huggingface.co/a/b/resolve/main/onnx/x%20y.onnx}.
 *
 * @param base scheme and authority, perhaps a path, without the final slash; empty for the page's own origin
 */
public record HubUrls(String base) {
    /** The public Hub. */
    public static final HubUrls PUBLIC = new HubUrls("https://huggingface.co");

    private static final String UNRESERVED = "-._~";

    public HubUrls {
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        boolean web = base.startsWith("http://") || base.startsWith("https://");
        if (!base.isEmpty() && (!web || base.indexOf('?') >= 0 || base.indexOf('#') >= 0 || base.indexOf(' ') >= 0)) {
            throw HubException.invalid(
                    "a Hub's address",
                    base,
                    "it is http:// or https://, a host and perhaps a path; for example https://huggingface.co");
        }
    }

    /** Where a file's content is served. */
    public String resolve(RepoId repo, Revision revision, String path) {
        return base + cacheKey(repo, revision, path);
    }

    /** Model info with the siblings' sizes and hashes, see {@link RepoListing#ofModelInfo}. */
    public String modelInfo(RepoId repo, Revision revision) {
        return base + "/api/models/" + repo + "/revision/" + encode(revision.name()) + "?blobs=true";
    }

    /** The first page of the recursive tree, see {@link RepoListing#filesOfTree}. */
    public String tree(RepoId repo, Revision revision) {
        return base + "/api/models/" + repo + "/tree/" + encode(revision.name()) + "?recursive=true";
    }

    /**
     * The key of a file in caches: its address without the Hub, {@code /org/name/resolve/revision/path}, the same on every
     * side. Ask with the commit as revision: what a branch names changes.
     */
    public static String cacheKey(RepoId repo, Revision revision, String path) {
        StringBuilder key = new StringBuilder("/" + repo + "/resolve/" + encode(revision.name()));
        int from = 0;
        while (from <= RepoFile.checkPath(path).length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            key.append('/').append(encode(path.substring(from, to)));
            from = to + 1;
        }
        return key.toString();
    }

    /** One path segment, every byte of its UTF-8 form but ASCII letters, digits and {@code -._~} escaped; {@code /} too. */
    public static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : Utf8Bytes.of(segment)) {
            char c = (char) (b & 0xff);
            if (Ascii.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(b >> 4)).append(hex(b));
            }
        }
        return encoded.toString();
    }

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble & 15);
    }
}
