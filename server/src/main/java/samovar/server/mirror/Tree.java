package samovar.server.mirror;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;

/** The Hub's tree of a repository, or of a folder in it, in one page. */
final class Tree {
    private Tree() {}

    /**
     * @param folder the path of a folder, or empty for the root
     * @param recursive whether the folders' own contents are listed too
     */
    static List<Object> of(RepoListing listing, String folder, boolean recursive) {
        String prefix = folder.isEmpty() ? "" : RepoFile.checkPath(folder) + "/";
        List<RepoFile> inside = new ArrayList<>();
        for (RepoFile file : listing.files()) {
            if (file.path().startsWith(prefix)) {
                inside.add(file);
            }
        }
        if (inside.isEmpty() && !prefix.isEmpty()) {
            throw new HubException(
                    HubException.Kind.ENTRY_NOT_FOUND,
                    listing.repo() + ":" + folder,
                    listing.repo() + " at " + listing.commit() + " has no folder " + folder);
        }
        Set<String> folders = new LinkedHashSet<>();
        List<RepoFile> files = new ArrayList<>();
        for (RepoFile file : inside) {
            addFolders(folders, prefix, file.path(), recursive);
            if (recursive || file.path().indexOf('/', prefix.length()) < 0) {
                files.add(file);
            }
        }
        List<Object> entries = new ArrayList<>();
        for (String path : folders) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("type", "directory");
            entry.put("oid", "0".repeat(40));
            entry.put("size", 0);
            entry.put("path", path);
            entries.add(entry);
        }
        entries.addAll(new RepoListing(listing.repo(), listing.commit(), files).toTree());
        return entries;
    }

    private static void addFolders(Set<String> folders, String prefix, String path, boolean recursive) {
        int slash = path.indexOf('/', prefix.length());
        while (slash >= 0) {
            folders.add(path.substring(0, slash));
            slash = recursive ? path.indexOf('/', slash + 1) : -1;
        }
    }
}
