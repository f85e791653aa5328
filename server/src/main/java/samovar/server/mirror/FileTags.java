package samovar.server.mirror;

import samovar.hub.RepoFile;
import samovar.hub.RepoId;
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
        String hash = ContentHash.of(file)
                .or(() -> ContentHash.of(folders.hashed(repo, file.path())))
                .map(ContentHash::hex)
                .orElseThrow();
        return "\"" + hash + "\"";
    }

    /** Whether the Hub would keep the file in its large file storage. */
    boolean isLarge(RepoFile file) {
        return file.blobId() == null || file.sha256() != null;
    }
}
