package samovar.server.mirror;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.jvm.hub.ContentHash;
import samovar.jvm.hub.ModelFolders;

/** The ETags of files: the hash of the content in quotes, as the Hub has it. */
final class FileTags {
    private final ModelFolders folders;

    FileTags(ModelFolders folders) {
        this.folders = folders;
    }

    /** A large file of a model folder is hashed when it is first asked for. */
    String of(RepoId repo, RepoFile file) {
        return "\"" + hash(repo, file).hex() + "\"";
    }

    private ContentHash hash(RepoId repo, RepoFile file) {
        return ContentHash.of(file)
                .or(() -> ContentHash.of(folders.hashed(repo, file.path())))
                .orElseThrow();
    }

    /** Whether the Hub would keep the file in its large file storage. */
    boolean isLarge(RepoFile file) {
        return file.blobId() == null || file.sha256() != null;
    }

    /** The files with all the hashes that clients of the tree rely on: those of large files of model folders are computed now. */
    List<RepoFile> whole(RepoListing listing) {
        List<RepoFile> whole = new ArrayList<>();
        for (RepoFile file : listing.files()) {
            whole.add(file.blobId() == null ? whole(listing.repo(), file) : file);
        }
        return whole;
    }

    private RepoFile whole(RepoId repo, RepoFile file) {
        String sha256 = hash(repo, file).hex();
        byte[] pointer = pointer(sha256, file.sizeBytes()).getBytes(StandardCharsets.US_ASCII);
        String blobId =
                ContentHash.ofBytes(ContentHash.Algorithm.GIT_BLOB, pointer).hex();
        return new RepoFile(file.path(), file.sizeBytes(), blobId, sha256);
    }

    /** What git holds in place of a large file. */
    static String pointer(String sha256, long sizeBytes) {
        return "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256 + "\nsize " + sizeBytes + "\n";
    }
}
