package samovar.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.json.Json;

/**
 * All files of a repository at one commit, in the order of the source. Immutable.
 *
 * <p>Read from, and written to, the two forms that the Hub's API has: {@code /api/models/{id}?blobs=true} (model info with
 * siblings) and {@code /api/models/{id}/tree/{revision}?recursive=true}.
 *
 * @param commit the full commit id; model folders on disk put a hash of their own there
 */
public record RepoListing(RepoId repo, String commit, List<RepoFile> files) {
    /** The pointer that git holds for a file in Git LFS, without the digits of the file's size. */
    private static final int POINTER_BYTES_BUT_SIZE =
            ("version https://git-lfs.github.com/spec/v1\n" + "oid sha256:" + "0".repeat(64) + "\nsize \n").length();

    public RepoListing {
        files = List.copyOf(files);
        commit = new Revision(commit).name();
    }

    /** The file of exactly this path. */
    public Optional<RepoFile> find(String path) {
        for (RepoFile file : files) {
            if (file.path().equals(path)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Bytes of all files together. */
    public long totalBytes() {
        long total = 0;
        for (RepoFile file : files) {
            total += file.sizeBytes();
        }
        return total;
    }

    /**
     * Reads the answer of {@code /api/models/{id}?blobs=true}.
     *
     * @throws HubException INVALID if sizes are missing, which is how the Hub answers without {@code ?blobs=true}
     * @throws samovar.json.JsonException if a field is missing or has another type
     */
    public static RepoListing ofModelInfo(Json info) {
        RepoId repo = RepoId.of(info.get("id").asString(info.get("modelId").asString("")));
        List<RepoFile> files = new ArrayList<>();
        for (Json sibling : info.get("siblings").elements()) {
            String path = sibling.get("rfilename").asString();
            Json lfs = sibling.get("lfs");
            Json size = sibling.get("size").isNull() ? lfs.get("size") : sibling.get("size");
            if (size.isNull()) {
                throw new HubException(
                        HubException.Kind.INVALID,
                        repo.toString(),
                        "the listing of " + repo + " gives no size for " + Quoted.of(path)
                                + "; ask for it with ?blobs=true");
            }
            files.add(new RepoFile(
                    path,
                    size.asLong(),
                    sibling.get("blobId").asString(null),
                    lfs.get("sha256").asString(null)));
        }
        return new RepoListing(repo, info.get("sha").asString(), files);
    }

    /**
     * Reads one page of {@code /api/models/{id}/tree/{revision}?recursive=true}; folders are left out. The Hub pages long
     * listings: read every page and join the lists.
     */
    public static List<RepoFile> filesOfTree(Json page) {
        List<RepoFile> files = new ArrayList<>();
        for (Json entry : page.elements()) {
            if (entry.get("type").asString().equals("file")) {
                files.add(new RepoFile(
                        entry.get("path").asString(),
                        entry.get("size").asLong(),
                        entry.get("oid").asString(null),
                        entry.get("lfs").get("oid").asString(null)));
            }
        }
        return files;
    }

    /** Reads a tree that came in one page; the tree names neither its repository nor its commit. */
    public static RepoListing ofTree(RepoId repo, String commit, Json tree) {
        return new RepoListing(repo, commit, filesOfTree(tree));
    }

    /** The model info as the Hub gives it for {@code ?blobs=true}, for {@link samovar.json.JsonWriter}. */
    public Map<String, Object> toModelInfo() {
        List<Object> siblings = new ArrayList<>();
        for (RepoFile file : files) {
            Map<String, Object> sibling = new LinkedHashMap<>();
            sibling.put("rfilename", file.path());
            sibling.put("size", file.sizeBytes());
            putIfKnown(sibling, "blobId", file.blobId());
            if (file.sha256() != null) {
                sibling.put("lfs", lfs("sha256", file));
            }
            siblings.add(sibling);
        }
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("id", repo.toString());
        info.put("modelId", repo.toString());
        info.put("author", repo.org());
        info.put("sha", commit);
        info.put("private", false);
        info.put("gated", false);
        info.put("disabled", false);
        info.put("siblings", siblings);
        return info;
    }

    /** The recursive tree's files as the Hub gives them, for {@link samovar.json.JsonWriter}. */
    public List<Object> toTree() {
        List<Object> entries = new ArrayList<>();
        for (RepoFile file : files) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("type", "file");
            putIfKnown(entry, "oid", file.blobId());
            entry.put("size", file.sizeBytes());
            if (file.sha256() != null) {
                entry.put("lfs", lfs("oid", file));
            }
            entry.put("path", file.path());
            entries.add(entry);
        }
        return entries;
    }

    private static Map<String, Object> lfs(String hashName, RepoFile file) {
        Map<String, Object> lfs = new LinkedHashMap<>();
        lfs.put(hashName, file.sha256());
        lfs.put("size", file.sizeBytes());
        // huggingface_hub reads no listing without it.
        lfs.put(
                "pointerSize",
                POINTER_BYTES_BUT_SIZE + String.valueOf(file.sizeBytes()).length());
        return lfs;
    }

    private static void putIfKnown(Map<String, Object> members, String name, String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
