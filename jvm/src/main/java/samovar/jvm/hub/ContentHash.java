package samovar.jvm.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import samovar.hub.RepoFile;

/**
 * What a file's content must hash to, as the Hub names it: the sha256 of a file in Git LFS, the SHA-1 of the git blob of
 * any other. Also the content's address in {@link VerifiedCache}.
 *
 * @param hex lower-case hexadecimal, 64 or 40 digits
 */
public record ContentHash(Algorithm algorithm, String hex) {
    /** The two hashes that the Hub gives for contents. */
    public enum Algorithm {
        SHA256("SHA-256", 64),
        /** SHA-1 over {@code blob <size>}, a zero byte and the content. */
        GIT_BLOB("SHA-1", 40);

        private final String digestName;
        private final int digits;

        Algorithm(String digestName, int digits) {
            this.digestName = digestName;
            this.digits = digits;
        }

        /** A digest that has read what precedes a content of this size. */
        MessageDigest start(long sizeBytes) {
            try {
                MessageDigest digest = MessageDigest.getInstance(digestName);
                if (this == GIT_BLOB) {
                    digest.update(("blob " + sizeBytes + "\0").getBytes(StandardCharsets.US_ASCII));
                }
                return digest;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + digestName, e);
            }
        }
    }

    public ContentHash {
        if (!isHex(hex, algorithm.digits)) {
            throw new IllegalArgumentException(
                    "not a " + algorithm + " of " + algorithm.digits + " lower-case hexadecimal digits: " + hex);
        }
    }

    /** The hash that a listing promises; sha256 goes before the blob id, which is the pointer's for a file in Git LFS. */
    public static Optional<ContentHash> of(RepoFile file) {
        if (file.sha256() != null) {
            return Optional.of(new ContentHash(Algorithm.SHA256, file.sha256()));
        }
        return Optional.ofNullable(file.blobId()).map(id -> new ContentHash(Algorithm.GIT_BLOB, id));
    }

    /** Reads the whole file. */
    public static ContentHash ofContent(Algorithm algorithm, Path file) throws IOException {
        long size = Files.size(file);
        MessageDigest digest = algorithm.start(size);
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return new ContentHash(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    /** Of bytes in memory. */
    public static ContentHash ofBytes(Algorithm algorithm, byte[] content) {
        byte[] digest = algorithm.start(content.length).digest(content);
        return new ContentHash(algorithm, HexFormat.of().formatHex(digest));
    }

    private static boolean isHex(String text, int digits) {
        if (text.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
