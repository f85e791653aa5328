package samovar.dtype;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import samovar.hub.RepoFile;
import samovar.hub.RepoListing;

/**
 * What a repository's {@code onnx/} folder holds, by the names of its files alone: also for a model whose modules nobody knows, or whose
 * config.json cannot be read. Whether a module is whole is said by {@link AvailableDtypes}.
 */
public final class PublishedGraphs {
    private static final String FOLDER = "onnx/";
    private static final String ENDING = ".onnx";

    private PublishedGraphs() {}

    /** From each graph's name without its dtype, in the listing's order, to the dtypes and their bytes, external data included. */
    public static Map<String, Map<Dtype, Long>> of(RepoListing listing) {
        Map<String, Map<Dtype, Long>> graphs = new LinkedHashMap<>();
        for (RepoFile file : listing.files()) {
            String path = file.path();
            if (path.startsWith(FOLDER) && path.endsWith(ENDING) && path.indexOf('/', FOLDER.length()) < 0) {
                String stem = path.substring(FOLDER.length(), path.length() - ENDING.length());
                Dtype dtype = dtype(stem);
                String module = stem.substring(0, stem.length() - dtype.suffix().length());
                graphs.computeIfAbsent(module, name -> new EnumMap<>(Dtype.class))
                        .put(dtype, sizeBytes(listing, path));
            }
        }
        return graphs;
    }

    private static Dtype dtype(String stem) {
        for (Dtype dtype : Dtype.values()) {
            if (!dtype.suffix().isEmpty() && stem.endsWith(dtype.suffix())) {
                return dtype;
            }
        }
        return Dtype.FP32;
    }

    private static long sizeBytes(RepoListing listing, String graph) {
        long bytes = 0;
        for (RepoFile file : listing.files()) {
            if (file.path().equals(graph) || file.path().startsWith(graph + "_data")) {
                bytes += file.sizeBytes();
            }
        }
        return bytes;
    }
}
