package samovar.dtype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;

/**
 * What a repository holds for one module in one dtype.
 *
 * @param files the graph and the data files that exist, in order; empty where the graph is missing
 * @param missing paths that should exist and do not
 * @param unsaid true where data files were found beside the graph that the configuration does not speak of
 */
record ModuleFiles(List<PlannedFile> files, List<String> missing, boolean unsaid) {
    ModuleFiles {
        files = List.copyOf(files);
        missing = List.copyOf(missing);
    }

    static ModuleFiles find(RepoListing listing, String module, Dtype dtype, ExternalData externalData) {
        String graph = dtype.file(module);
        List<PlannedFile> files = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        collect(listing, graph, files, missing);
        if (files.isEmpty()) {
            return new ModuleFiles(files, missing, false);
        }
        int said = externalData.count(module, dtype);
        // A graph with data files beside it cannot run without them, so silence is not taken for "none".
        int count = said == ExternalData.UNSAID ? countBeside(listing, graph) : said;
        for (int i = 0; i < count; i++) {
            collect(listing, ExternalData.path(graph, i), files, missing);
        }
        return new ModuleFiles(files, missing, said == ExternalData.UNSAID && count > 0);
    }

    private static void collect(RepoListing listing, String path, List<PlannedFile> files, List<String> missing) {
        Optional<RepoFile> file = listing.find(path);
        if (file.isPresent()) {
            files.add(PlannedFile.of(file.get()));
        } else {
            missing.add(path);
        }
    }

    private static int countBeside(RepoListing listing, String graph) {
        int count = 0;
        while (listing.find(ExternalData.path(graph, count)).isPresent()) {
            count++;
        }
        return count;
    }

    boolean hasGraph() {
        return !files.isEmpty();
    }

    boolean isComplete() {
        return hasGraph() && missing.isEmpty();
    }

    long sizeBytes() {
        long total = 0;
        for (PlannedFile file : files) {
            total += file.sizeBytes();
        }
        return total;
    }
}
