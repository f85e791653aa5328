package samovar.dtype;

import java.util.List;

/**
 * One module of a plan.
 *
 * @param name as in {@link samovar.config.ModelFamily#modules()}
 * @param files the graph first, then its external data in order; at least one
 * @param reason why this dtype, in words for people
 */
public record PlannedModule(String name, Dtype dtype, Device device, List<PlannedFile> files, String reason) {
    public PlannedModule {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("module " + name + " needs at least its graph");
        }
    }

    /** The graph, {@code onnx/{name}{suffix}.onnx}. */
    public PlannedFile graph() {
        return files.get(0);
    }

    /** The files of external data, in order; often none. */
    public List<PlannedFile> externalData() {
        return files.subList(1, files.size());
    }

    public long sizeBytes() {
        long total = 0;
        for (PlannedFile file : files) {
            total += file.sizeBytes();
        }
        return total;
    }
}
